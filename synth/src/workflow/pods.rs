//! Pods of EKS as a pipeline sees them: plain values.

/// The running pods of an environment, and the manifests that say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pods {
    /// The cluster's name.
    pub cluster: String,
    /// The namespace.
    pub namespace: String,
    /// The namespace of the Ingress.
    pub entry: String,
    /// The name of the Deployment, its container, its Service and its Ingress.
    pub name: String,
    /// Where containers log.
    pub log_group: String,
    /// The folder of the manifests.
    pub folder: String,
    /// What the pipeline applies, in order. The rest a person applies, as it says what the pipeline may do.
    pub applied: Vec<Applied>,
    /// What is put into the manifests before they are applied: outputs of stacks, each with its placeholder.
    pub outputs: Vec<Output>,
    /// Where it answers; nothing if only the load balancer, which the cluster makes, has a name.
    pub url: Option<String>,
    /// The paths that must answer after a release.
    pub smoke_paths: Vec<String>,
    /// The name of the stack whose alarms look at the load balancer.
    pub watching: String,
    /// That stack's parameters for the load balancer and its target group.
    pub parameters: [&'static str; 2],
    /// The version of `kubectl`, such as `v1.36.2`.
    pub kubectl: String,
    /// What runs in the cluster for others.
    pub operators: Vec<Operator>,
}

/// A Deployment or a DaemonSet of an operator. A person installs it: that takes the rights of whoever may do everything in the cluster, as it
/// brings kinds, webhooks and roles of its own; the pipeline only looks whether it is what the lock says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Its namespace.
    pub namespace: String,
    /// Its kind as rights name it, such as `deployments`.
    pub resource: &'static str,
    /// Its name.
    pub name: String,
    /// Its image, with as much of tag and digest as is known: it runs one that begins so.
    pub image: String,
}

/// An object that the pipeline applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The name of its file.
    pub file: String,
    /// Its namespace; nothing for the system's own.
    pub namespace: String,
    /// Its group, such as `apps`; nothing for the first one.
    pub group: String,
    /// Its kind as rights name it, such as `deployments`.
    pub resource: String,
    /// Its name.
    pub name: String,
}

/// An output of a stack that a manifest takes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Output {
    /// What stands in the manifest.
    pub placeholder: String,
    /// The name of the stack.
    pub stack: String,
    /// The name of the output.
    pub name: String,
}

impl Applied {
    /// The files of objects, each once, in the order of their application.
    #[must_use]
    pub fn files(all: &[Self]) -> Vec<&str> {
        let mut files: Vec<&str> = all.iter().map(|object| object.file.as_str()).collect();
        files.dedup();
        files
    }
}

impl Pods {
    /// What runs of operators, a line each: the namespace, the kind and the name, the image.
    #[must_use]
    pub fn lines_of_operators(&self) -> String {
        let line = |one: &Operator| format!("{} {}/{} {}\n", one.namespace, one.resource, one.name, one.image);
        self.operators.iter().map(line).collect()
    }

    /// The outputs that the manifests take, a line each: the placeholder, the stack, the output.
    #[must_use]
    pub fn lines_of_outputs(&self) -> String {
        let line = |output: &Output| format!("{} {} {}\n", output.placeholder, output.stack, output.name);
        self.outputs.iter().map(line).collect()
    }
}
