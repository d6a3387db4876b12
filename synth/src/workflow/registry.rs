//! Jobs that have rights in the registry and nowhere else, so that they may run programs of others.

use super::model::{Job, Run, Runner, Work};
use super::pipeline::Pipeline;
use super::step::{Image, Step, Tool};
use super::value::Value;

/// The job that verifies.
pub(super) const VERIFY: &str = "verify";

/// What was verified.
pub(super) const DIGEST: Value = Value::Context("needs.verify.outputs.digest");
/// The digests that ECS may know it by, as JSON.
pub(super) const DIGESTS: Value = Value::Context("needs.verify.outputs.digests");
/// The whole tag of it, of which a person may give the first digits.
pub(super) const TAG: Value = Value::Context("needs.verify.outputs.tag");

/// Becomes the role that pushes, and nothing else.
pub(super) fn publisher(pipeline: &Pipeline) -> Step {
    let registry = &pipeline.registry;
    let role = Tool::AssumeRole {
        role: (&pipeline.publish_role).into(),
        region: (&registry.region).into(),
        account: (&registry.account).into(),
    };
    Step::new("Assume the publish role", role)
}

/// A digest, and that the branch's release workflow signed it: before an approval, so that it can be looked at.
pub(super) fn verify(pipeline: &Pipeline) -> Job {
    let registry = || pipeline.registry.clone();
    let role = Tool::AssumeRole {
        role: (&pipeline.verify_role).into(),
        region: (&pipeline.registry.region).into(),
        account: (&pipeline.registry.account).into(),
    };
    let resolve = Image::Resolve {
        registry: registry(),
        tag: Value::Input("tag"),
    };
    let verify = Image::VerifySignature {
        registry: registry(),
        branch: pipeline.branch.clone(),
        workflow: format!("{}{}", pipeline.prefix, pipeline.release_file()),
    };
    let steps = vec![
        Step::new("Assume the verify role", role),
        Step::new("Resolve the tag to a digest", resolve).id("image"),
        Step::new("Log in to the registry", Tool::RegistryLogin(registry())),
        Step::new("Install cosign", Tool::Cosign),
        Step::new("Verify the signature", verify),
    ];
    in_registry(VERIFY, "Verify", Vec::new(), steps)
}

/// Tells the registry that the image runs, after the job that has deployed it.
pub(super) fn mark(pipeline: &Pipeline, deploy: &str) -> Job {
    let mark = Image::MarkDeployed {
        registry: pipeline.registry.clone(),
        digest: DIGEST,
        tag: TAG,
        environment: Value::Input("environment"),
    };
    let steps = vec![publisher(pipeline), Step::new("Mark the image as deployed", mark)];
    in_registry("mark", "Mark", vec![VERIFY.into(), deploy.into()], steps)
}

/// A job that has rights in the registry only.
fn in_registry(id: &str, name: &str, needs: Vec<String>, steps: Vec<Step>) -> Job {
    let run = Run {
        runner: Runner::Ubuntu,
        minutes: 10,
        environment: None,
        concurrency: None,
        steps,
    };
    Job {
        id: id.into(),
        name: name.into(),
        needs,
        only: None,
        work: Work::Run(run),
    }
}
