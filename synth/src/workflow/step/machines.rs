//! Steps that bring an image to machines of our own. A key gets one command there, which takes the words and the manifests
//! that it is sent, and tells in its last line how it ended.

use super::{Setting, Shape, runs, script};
use crate::schema::github::{Level, Scope};
use crate::workflow::model::ROLLBACK_TO;
use crate::workflow::value::{ByBranch, Value};

/// Brings an image to machines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Machines {
    /// Fails, and says from which branch the chosen environment is deployed.
    RefuseOtherBranch {
        /// Each branch with its environment.
        branches: Vec<(String, String)>,
    },
    /// Fails if a later commit was deployed already.
    RefuseOlder {
        /// The GitHub environment.
        environment: ByBranch,
    },
    /// Makes one file of an overlay, with the image that it gets.
    Fill {
        /// The namespace, which is the overlay's name.
        namespace: ByBranch,
        /// The folder of the overlays.
        folder: String,
        /// The kinds that only a person applies.
        by_hand: Vec<String>,
    },
    /// Has the machine apply it, or what it kept of the image that a person goes back to, and asks it what runs then.
    Deploy {
        /// The namespace.
        namespace: ByBranch,
        /// The GitHub environment, which has the key.
        environment: ByBranch,
        /// Who the key lets in.
        login: String,
    },
    /// Asks the service itself, where everybody may.
    Smoke {
        /// What must answer; nothing where only the operators reach it.
        urls: ByBranch,
    },
}

impl Machines {
    pub(super) fn shape(&self) -> Shape {
        match self {
            Self::RefuseOtherBranch { branches } => {
                let line = |(branch, namespace): &(String, String)| format!("{branch} {namespace}\n");
                let lines: String = branches.iter().map(line).collect();
                runs(
                    script!("refuse-other-branch"),
                    [("BRANCHES", lines.into()), ("ENVIRONMENT", Value::Input("environment"))],
                )
            }
            Self::RefuseOlder { environment } => Shape::Runs {
                script: script!("refuse-older-deployment"),
                env: vec![
                    ("ENVIRONMENT", Value::ByBranch(environment.clone())),
                    ("GH_TOKEN", Value::Context("github.token")),
                ],
                needs: &[(Scope::Contents, Level::Read), (Scope::Deployments, Level::Read)],
            },
            Self::Fill {
                namespace,
                folder,
                by_hand,
            } => runs(script!("fill-overlay"), fill(namespace, folder, by_hand)),
            Self::Deploy {
                namespace,
                environment,
                login,
            } => runs(script!("deploy-to-machines"), deploy(namespace, environment, login)),
            Self::Smoke { urls } => runs(script!("smoke-machines"), [("URLS", Value::ByBranch(urls.clone()))]),
        }
    }
}

/// What was verified.
fn digest() -> Setting {
    ("DIGEST", Value::Context("needs.verify.outputs.digest"))
}

fn fill(namespace: &ByBranch, folder: &String, by_hand: &[String]) -> [Setting; 5] {
    [
        ("BY_HAND", by_hand.join(" ").into()),
        ("COMMIT", Value::Context("github.sha")),
        digest(),
        ("FOLDER", folder.into()),
        ("NAMESPACE", Value::ByBranch(namespace.clone())),
    ]
}

fn deploy(namespace: &ByBranch, environment: &ByBranch, login: &String) -> [Setting; 8] {
    [
        ("ADDRESS", Value::Context("secrets.CONTROL_PLANE_IP")),
        digest(),
        ("ENVIRONMENT", Value::ByBranch(environment.clone())),
        ("KNOWN_HOSTS", Value::Context("vars.CONTROL_PLANE_KNOWN_HOSTS")),
        ("LOGIN", login.into()),
        ("NAMESPACE", Value::ByBranch(namespace.clone())),
        ("ROLLBACK_TO", Value::Input(ROLLBACK_TO)),
        ("SSH_PRIVATE_KEY", Value::Context("secrets.SSH_PRIVATE_KEY")),
    ]
}
