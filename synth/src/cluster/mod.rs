//! From the model to manifests: one file for each thing of the model.

mod access;
mod admission;
mod beside;
mod entry;
mod falco;
pub(crate) mod machines;
mod mesh;
mod monitoring;
mod namespace;
mod operators;
mod pods;
mod policy;
mod scaling;
mod secrets;
mod signatures;
mod waivers;
mod workload;

pub use beside::{Applied, Beside, beside};
pub(crate) use monitoring::{ACCOUNT as PROMETHEUS, FIGURES, ROUTES};
pub(crate) use namespace::{MEMBER, most};
pub(crate) use operators::{ALERTMANAGER, CONDITION, DASHBOARDS, GRAFANA_ADMIN};
pub use operators::{Install, lock, values};
pub(crate) use pods::{READINESS, SCRATCH_MIB, USER};
pub(crate) use secrets::target as object_of_secret;

use std::collections::BTreeMap;

use crate::manifest::{Bundle, Error, Given, Labels, Metadata};
use crate::model::{Environment, System};
use crate::permissions::Rule;

pub(crate) use waivers::{CHANGES, RELEASE, Waived, waived};
pub use waivers::{Checker, Waiver};

/// A system in one of its environments.
#[derive(Clone, Copy)]
struct Place<'a> {
    system: &'a System,
    environment: &'a Environment,
}

impl Place<'_> {
    fn labels(&self) -> Labels {
        Labels::new(
            self.system.workload(),
            self.system.name.as_str(),
            self.environment.name.as_str(),
        )
    }

    /// What an object says of itself.
    fn named(&self, name: &str) -> Metadata {
        Metadata::named(name).labelled(self.labels().all())
    }

    /// What the role of a group is called in a namespace: in the system's own as the group is, and in another it has the
    /// system's name before that.
    fn role(&self, group: &str, namespace: &str) -> String {
        if namespace.is_empty() {
            group.to_owned()
        } else {
            format!("{}-{group}", self.system.name)
        }
    }

    /// The same with a sentence for whoever looks at it in the cluster.
    fn described(&self, name: &str, says: &str) -> Metadata {
        self.named(name).annotated("kubernetes.io/description", says)
    }

    /// The same with the name of the service.
    fn own(&self) -> Metadata {
        self.named(self.system.workload())
    }
}

/// What a service account says of its role on AWS, where the cluster signs for it: EKS gives its pods the token and the
/// name of the role, each in a volume and a variable of their own, though they have no token of the cluster
/// (<https://github.com/aws/amazon-eks-pod-identity-webhook#eks-walkthrough>).
const ROLE: &str = "eks.amazonaws.com/role-arn";

/// The kinds that a person applies: they say what the pipeline may do, and what nothing in the namespace may exceed.
pub(crate) const BY_HAND: [&str; 9] = [
    "Namespace",
    "ResourceQuota",
    "LimitRange",
    "ServiceAccount",
    "Role",
    "RoleBinding",
    "IngressClassParams",
    "IngressClass",
    "PeerAuthentication",
];

/// The objects of an environment but the rights of its pipeline, which follow from what the pipeline does with these.
///
/// # Errors
///
/// [`Error`] if two objects have one name.
pub fn bundle(system: &System, environment: &Environment) -> Result<Bundle, Error> {
    let place = Place { system, environment };
    let mut bundle = Bundle::new(system.namespace(), system.layout());
    namespace::expand(place, &mut bundle)?;
    let account = access::account(place, &mut bundle)?;
    let config = workload::config(place, &mut bundle)?;
    policy::expand(place, &mut bundle)?;
    let service = entry::service(place, &mut bundle)?;
    entry::expand(place, &mut bundle, &service)?;
    mesh::expand(place, &mut bundle, &service)?;
    let deployment = workload::expand(place, &mut bundle, &account, &config)?;
    scaling::expand(place, &mut bundle, &deployment)?;
    Ok(bundle)
}

/// Adds what the pipeline and its reviews may do, as groups of the cluster.
///
/// # Errors
///
/// [`Error`] if two objects have one name.
pub fn rights(
    system: &System,
    environment: &Environment,
    bundle: &mut Bundle,
    rules: &BTreeMap<&str, Vec<Rule>>,
) -> Result<(), Error> {
    let place = Place { system, environment };
    for (group, rules) in rules {
        for (namespace, rules) in by_namespace(rules) {
            access::group(place, bundle, (group, namespace), &rules)?;
        }
    }
    Ok(())
}

/// The rules of each namespace; the system's own has none as its name.
fn by_namespace(rules: &[Rule]) -> BTreeMap<&str, Vec<&Rule>> {
    let mut by_namespace: BTreeMap<&str, Vec<&Rule>> = BTreeMap::from([("", Vec::new())]);
    for rule in rules {
        by_namespace.entry(&rule.namespace).or_default().push(rule);
    }
    by_namespace
}

/// Puts the checks that do not apply into the objects that they are about, and tells them.
pub fn waive(
    system: &System,
    environment: &Environment,
    bundle: &mut Bundle,
    rules: &BTreeMap<&str, Vec<Rule>>,
) -> Vec<Waiver> {
    let place = Place { system, environment };
    let mut all = waivers::of_pods(place);
    for (group, rules) in rules {
        for (namespace, rules) in by_namespace(rules) {
            all.extend(waivers::of_role((namespace, &place.role(group, namespace)), &rules));
        }
    }
    waivers::note(&all, bundle);
    all
}

/// What is only known at the deployment, as far as stacks tell it.
#[must_use]
pub fn outputs(system: &System, environment: &Environment) -> Vec<Given> {
    entry::outputs(system, environment)
}
