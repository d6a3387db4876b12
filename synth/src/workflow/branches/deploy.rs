//! From a published image to what runs in the namespace that the branch leads to.

use super::image::{FIND, SCAN, in_registry, login};
use super::{Branches, FILE};
use crate::workflow::model::{Cancel, Concurrency, Job, Only, ROLLBACK_TO, Run, Runner, Work};
use crate::workflow::release::{PUBLISH, SIGN};
use crate::workflow::sources;
use crate::workflow::step::{Cluster, Hub, Machines, Step, Tool, When};
use crate::workflow::value::Value;

/// The job that verifies.
const VERIFY: &str = "verify";

/// Tells a person who chose an environment of another branch which branch leads there.
pub(super) fn other_branch(branches: &Branches) -> Job {
    let landings = branches.landings.iter();
    let refuse = Machines::RefuseOtherBranch {
        branches: landings
            .map(|landing| (landing.branch.clone(), landing.namespace.clone()))
            .collect(),
    };
    let steps = vec![Step::new("Say which branch leads there", refuse)];
    Job {
        only: Some(Only::OtherBranch(branches.namespaces())),
        ..sources::job("other_branch", "Another branch", 5, steps)
    }
}

/// The jobs that look whose an image is, and deploy it.
pub(super) fn jobs(branches: &Branches) -> [Job; 2] {
    let before = [FIND, SCAN, PUBLISH, SIGN];
    let verify = Job {
        needs: before.map(str::to_owned).to_vec(),
        only: Some(Only::Known(branches.namespaces())),
        ..in_registry(branches, VERIFY, "Verify", verify(branches))
    };
    [verify, deploy(branches)]
}

/// A digest, and that it is what this workflow made of a commit.
fn verify(branches: &Branches) -> Vec<Step> {
    let image = || branches.hub.clone();
    let verify = Hub::Verify {
        image: image(),
        branches: branches.names(),
        workflow: FILE.to_owned(),
    };
    vec![
        login(),
        Step::new("Install cosign", Tool::Cosign),
        Step::new("Choose the image", Hub::Choose { image: image() }).id("image"),
        Step::new("Verify whose it is and what it was built of", verify),
        Step::new("Tag it with the commit and its files", Hub::Tag { image: image() })
            .when(When::NotGiven(ROLLBACK_TO)),
    ]
}

fn deploy(branches: &Branches) -> Job {
    let environment = Value::ByBranch(branches.environments());
    let run = Run {
        runner: Runner::Ubuntu,
        minutes: 30,
        concurrency: Some(Concurrency {
            group: format!("{}/{}", branches.system, Value::ByBranch(branches.namespaces()).text()),
            cancel: Cancel::Never,
        }),
        environment: Some(environment),
        steps: steps(branches),
    };
    Job {
        id: "deploy".into(),
        name: "Deploy".into(),
        needs: vec![VERIFY.to_owned()],
        only: Some(Only::After(VERIFY)),
        work: Work::Run(run),
    }
}

/// To go back takes no manifests of this commit: the machine has kept those that the image was deployed with.
fn steps(branches: &Branches) -> Vec<Step> {
    let newer = Machines::RefuseOlder {
        environment: branches.environments(),
    };
    let fill = Machines::Fill {
        namespace: branches.namespaces(),
        folder: branches.overlays.clone(),
        by_hand: branches.by_hand.clone(),
    };
    let deploy = Machines::Deploy {
        namespace: branches.namespaces(),
        environment: branches.environments(),
        login: branches.login.clone(),
    };
    let smoke = Machines::Smoke {
        urls: branches.by_branch(|landing| landing.urls.join(" ")),
    };
    let release = [
        Step::new("See that nothing newer was deployed", newer),
        Step::new("Check out", Tool::Checkout),
        Step::new("Install kubectl", Cluster::Install(branches.kubectl.clone())),
        Step::new("Fill in the overlay", fill),
    ];
    let release = release.into_iter().map(|step| step.when(When::NotGiven(ROLLBACK_TO)));
    let deploy = [
        Step::new("Have the machine deploy it", deploy),
        Step::new("Ask the service", smoke),
    ];
    release.chain(deploy).collect()
}
