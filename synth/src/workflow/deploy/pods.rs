//! The steps that run an image as pods of EKS, and those that look whether the cluster is what the manifests say.

use super::inputs::{COMMIT, MANIFESTS, OUTPUTS, URL};
use crate::workflow::objects::{bring, connect_to};
use crate::workflow::pipeline::{Pipeline, Pods, Runs};
use crate::workflow::registry::{DIGEST, DIGESTS, TAG};
use crate::workflow::step::{Cluster, Manifests, ROLLBACK, Step, Target, Tool, When};
use crate::workflow::trigger::Output;
use crate::workflow::value::Value;

/// The manifests of the commit, and the cluster that they go to.
pub(super) fn connect(pods: &Pods) -> Vec<Step> {
    let check_out = Step::new("Check out", Tool::Checkout);
    let connect = connect_to(pods, Value::Input("cluster"));
    [check_out].into_iter().chain(connect).collect()
}

/// Fails if something newer runs.
pub(super) fn refuse_older(pods: &Pods) -> Cluster {
    Cluster::RefuseOlder {
        target: Target::of(pods),
        commit: Value::Input(COMMIT),
    }
}

/// The manifests that a workflow is given.
fn given(pods: &Pods) -> Manifests {
    Manifests {
        folder: Value::Input(MANIFESTS),
        outputs: Value::Input(OUTPUTS),
        applied: pods.applied.clone(),
    }
}

/// What becomes of a release that goes back by itself, for whoever tells people.
pub(super) fn told(pipeline: &Pipeline) -> impl Iterator<Item = Output> {
    let goes_back = matches!(pipeline.first.runs, Runs::Pods(_)) && pipeline.notices().is_some();
    goes_back
        .then_some(Output {
            name: ROLLBACK,
            about: "What became of the way back to the image before: done, failed, or nowhere if there was none",
            job: super::FILE,
        })
        .into_iter()
}

/// From the manifests to what clients get.
pub(super) fn release(pipeline: &Pipeline, pods: &Pods) -> Vec<Step> {
    let target = || Target::of(pods);
    let watch = Cluster::Watch {
        target: target(),
        stack: Value::Input("stack"),
        execution_role: Value::Input("execution_role"),
        parameters: pods.parameters,
    };
    let verify = Cluster::VerifyRunning {
        target: target(),
        digest: DIGEST,
        digests: DIGESTS,
    };
    let smoke = Cluster::Smoke {
        target: target(),
        url: Value::Input(URL),
        paths: pods.smoke_paths.clone(),
    };
    let [fill, diff, apply] = bring(pods, given(pods), Some((DIGEST, TAG)));
    let apply = match pipeline.notices() {
        Some(_) => apply.id("apply"),
        None => apply,
    };
    vec![
        fill,
        diff,
        apply,
        Step::new("Verify that the digest runs", verify),
        Step::new("Tell the alarms which load balancer it is", watch),
        Step::new("Ask the service", smoke),
        Step::new(
            "Report pods that do not run and last log lines",
            Cluster::Report { target: target() },
        )
        .when(When::Failing),
    ]
}
