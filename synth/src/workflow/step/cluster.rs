//! Steps that bring manifests into a cluster and look at what runs there.

use super::manifests::{Manifests, Target};
use super::{Shape, private, runs, script};
use crate::permissions::{Grant, Rule};
use crate::schema::github::{Level, Scope};
use crate::workflow::pipeline::Operator;
use crate::workflow::right::{Place, on_deploy, on_stacks};
use crate::workflow::value::{Bindings, Value};

/// Brings manifests into a cluster, or looks at what runs there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cluster {
    /// Installs `kubectl` in a version such as `v1.36.2`.
    Install(String),
    /// Tells `kubectl` which cluster, and that AWS says who asks.
    Connect {
        /// The cluster's name.
        cluster: Value,
    },
    /// Compares what runs in the cluster for others with the lock.
    LookAtOperators {
        /// What runs of them.
        operators: Vec<Operator>,
        /// The same, a line each.
        lines: String,
        /// Whether a difference is a failure.
        fails: bool,
    },
    /// Fails if the pods run an image of a later commit.
    RefuseOlder {
        /// What runs.
        target: Target,
        /// The commit that is released.
        commit: Value,
    },
    /// Puts into the manifests what is only known now, into a folder of the runner's own. Without a digest,
    /// it takes the one that runs, and leaves out the manifests of the pods before the first.
    Fill {
        /// What is filled.
        manifests: Manifests,
        /// What runs.
        target: Target,
        /// The image, its digest and its tag; nothing for those that run.
        image: Option<(Value, Value)>,
    },
    /// Shows what would change, in the job's summary.
    Diff(Manifests),
    /// Applies them in order, waits until the new pods take requests, and goes back to the image before if they do not.
    Apply {
        /// What is applied.
        manifests: Manifests,
        /// What runs.
        target: Target,
    },
    /// Compares the digests of the running pods with those of an image.
    VerifyRunning {
        /// What runs.
        target: Target,
        /// What the image is.
        digest: Value,
        /// The digests that nodes may know it by, as JSON.
        digests: Value,
    },
    /// Tells the alarms which load balancer the cluster has made.
    Watch {
        /// What runs.
        target: Target,
        /// The stack of the alarms.
        stack: Value,
        /// The role that CloudFormation makes resources with.
        execution_role: Value,
        /// The stack's parameters for the load balancer and its target group.
        parameters: [&'static str; 2],
    },
    /// Asks the service itself.
    Smoke {
        /// What runs.
        target: Target,
        /// Where it answers; nothing for the load balancer's own name.
        url: Value,
        /// What must answer.
        paths: Vec<String>,
    },
    /// Compares the objects that are there with the manifests.
    Compare {
        /// What is compared.
        manifests: Manifests,
        /// What runs.
        target: Target,
        /// Whether a difference is a failure.
        fails: bool,
    },
    /// Writes into the job's summary what the cluster says of pods that do not run, and their last log lines where the
    /// repository is private.
    Report {
        /// What runs.
        target: Target,
    },
}

/// What became of the way back to the image before: `done` or `failed`, and `nowhere` if there was none.
pub const ROLLBACK: &str = "rollback";

impl Cluster {
    pub(super) fn shape(&self) -> Shape {
        match self {
            Self::Install(version) => runs(script!("install-kubectl"), [("VERSION", version.into())]),
            Self::Connect { cluster } => runs(
                "aws eks update-kubeconfig --name \"$CLUSTER\"\n",
                [("CLUSTER", cluster.clone())],
            ),
            Self::LookAtOperators { lines, fails, .. } => look_at_operators(lines, *fails),
            Self::RefuseOlder { target, commit } => refuse_older(target, commit),
            Self::Fill {
                manifests,
                target,
                image,
            } => fill(manifests, target, image.as_ref()),
            Self::Diff(manifests) => runs(script!("diff-manifests"), manifests.settings()),
            Self::Apply { manifests, target } => apply(manifests, target),
            Self::VerifyRunning {
                target,
                digest,
                digests,
            } => verify(target, digest, digests),
            Self::Watch {
                target,
                stack,
                execution_role,
                parameters,
            } => watch(target, stack, execution_role, *parameters),
            Self::Smoke { target, url, paths } => smoke(target, url, paths),
            Self::Compare {
                manifests,
                target,
                fails,
            } => compare(manifests, target, *fails),
            Self::Report { target } => report(target),
        }
    }

    /// The names of what it gives to later jobs.
    pub(super) fn gives(&self) -> &'static [&'static str] {
        match self {
            Self::Apply { .. } => &[ROLLBACK],
            _ => &[],
        }
    }

    /// What its role must be allowed on AWS.
    pub(super) fn grants(&self, inputs: &Bindings) -> Vec<Grant> {
        match self {
            Self::Connect { cluster } => {
                let arn = Place::Here.arn("eks", &format!("cluster/{}", cluster.bind(inputs).text()));
                vec![Grant::new(["eks:DescribeCluster"], [arn])]
            }
            Self::Fill { manifests, .. } => {
                let stacks = manifests.stacks(inputs);
                let reads = || on_stacks(["cloudformation:DescribeStacks"], &stacks);
                (!stacks.is_empty()).then(reads).into_iter().collect()
            }
            Self::Watch {
                stack, execution_role, ..
            } => {
                let (stack, role) = (stack.bind(inputs).text(), execution_role.bind(inputs).text());
                let find = [
                    "elasticloadbalancing:DescribeLoadBalancers",
                    "elasticloadbalancing:DescribeTargetGroups",
                ];
                let find = Grant::new(find, ["*"]).because("IAM takes no resource for looking at load balancers");
                let read = on_stacks(["cloudformation:GetTemplate"], [&stack]);
                [find, read].into_iter().chain(on_deploy([&stack], &role)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What whoever runs it must be allowed in the cluster.
    pub(super) fn rules(&self) -> Vec<Rule> {
        match self {
            Self::Install(_) | Self::Connect { .. } => Vec::new(),
            Self::LookAtOperators { operators, .. } => operators.iter().map(looked_at).collect(),
            Self::RefuseOlder { target, .. } | Self::Fill { target, .. } => vec![target.deployment(&["get"])],
            // Server-side apply changes with `patch`, and makes what is not there with `create`.
            Self::Diff(manifests) => manifests.rules(&["create", "get", "patch"]),
            Self::Apply { manifests, target } => {
                let waits = target.deployment(&["get", "list", "watch"]);
                let applies = manifests.rules(&["create", "get", "patch"]).into_iter();
                applies.chain([waits]).collect()
            }
            Self::VerifyRunning { .. } => vec![Rule::new("", "pods", ["list"])],
            Self::Watch { target, .. } | Self::Smoke { target, .. } => vec![target.ingress()],
            Self::Compare { manifests, .. } => manifests.rules(&["get"]),
            Self::Report { target } => vec![
                target.deployment(&["get"]),
                Rule::new("", "pods", ["list"]),
                Rule::new("", "pods/log", ["get"]),
                Rule::new("", "events", ["list"]),
            ],
        }
    }
}

fn apply(manifests: &Manifests, target: &Target) -> Shape {
    let settings = [manifests.settings().as_slice(), &target.settings()].concat();
    runs(script!("apply-manifests"), settings)
}

fn verify(target: &Target, digest: &Value, digests: &Value) -> Shape {
    let image = [("DIGEST", digest.clone()), ("DIGESTS", digests.clone())];
    runs(script!("verify-pods"), [image, target.settings()].concat())
}

fn smoke(target: &Target, url: &Value, paths: &[String]) -> Shape {
    let asked = [("PATHS", paths.join(" ").into()), ("URL", url.clone())];
    runs(script!("smoke-pods"), [target.settings_of_entry(), asked].concat())
}

fn compare(manifests: &Manifests, target: &Target, fails: bool) -> Shape {
    let fails = [("FAILS", if fails { "yes" } else { "no" }.into())];
    let settings = [fails.as_slice(), &manifests.settings(), &target.settings()].concat();
    runs(script!("compare-manifests"), settings)
}

fn report(target: &Target) -> Shape {
    let private = [("PRIVATE", private())];
    runs(
        script!("report-pods"),
        [target.settings().as_slice(), &private].concat(),
    )
}

fn looked_at(one: &Operator) -> Rule {
    Rule::new("apps", one.resource, ["get"])
        .named(&one.name)
        .within(&one.namespace)
}

fn look_at_operators(lines: &str, fails: bool) -> Shape {
    let fails = if fails { "yes" } else { "no" };
    runs(
        script!("look-at-operators"),
        [("FAILS", fails.into()), ("OPERATORS", lines.into())],
    )
}

fn refuse_older(target: &Target, commit: &Value) -> Shape {
    let asked = [("COMMIT", commit.clone()), ("GH_TOKEN", Value::Context("github.token"))];
    Shape::Runs {
        script: script!("refuse-older-pods"),
        env: [asked, target.settings()].concat(),
        needs: &[(Scope::Contents, Level::Read)],
    }
}

fn fill(manifests: &Manifests, target: &Target, image: Option<&(Value, Value)>) -> Shape {
    let [digest, tag] = match image {
        Some((digest, tag)) => [digest.clone(), tag.clone()],
        None => [Value::from(""), Value::from("")],
    };
    let given = [
        ("DIGEST", digest),
        ("FOLDER", manifests.folder.clone()),
        ("OUTPUTS", manifests.outputs.clone()),
        ("TAG", tag),
    ];
    runs(
        script!("fill-manifests"),
        [given.as_slice(), &target.settings()].concat(),
    )
}

fn watch(target: &Target, stack: &Value, role: &Value, [balancer, group]: [&'static str; 2]) -> Shape {
    let settings = [
        ("EXECUTION_ROLE", role.clone()),
        ("LOAD_BALANCER", balancer.into()),
        ("STACK", stack.clone()),
        ("TARGET_GROUP", group.into()),
    ];
    runs(
        script!("watch-entry"),
        [settings.as_slice(), &target.settings_of_entry()].concat(),
    )
}
