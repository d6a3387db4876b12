//! What roles may do and whom they trust, computed from the steps.

use synth::model::Files;
use synth::permissions::{Condition, Grant};
use synth::workflow::step::Shape;
use synth::workflow::{
    Pipeline, Run, Subject, Value, Work, Workflow, all, files_for, grants_for, stacks_read_by, subjects_for,
};

use super::sample::pipeline;

const PUBLISH: &str = "arn:aws:iam::111111111111:role/predict-api-dev-publish";
const VERIFY: &str = "arn:aws:iam::111111111111:role/predict-api-dev-verify";
const DEV_DEPLOY: &str = "arn:aws:iam::111111111111:role/predict-api-dev-deploy";
const PROD_DEPLOY: &str = "arn:aws:iam::222222222222:role/predict-api-prod-deploy";
const PROD_REVIEW: &str = "arn:aws:iam::222222222222:role/predict-api-prod-review";

fn grants(role: &str) -> Vec<Grant> {
    grants_for(role, &all(&pipeline()))
}

fn allows(role: &str, action: &str) -> bool {
    grants(role).iter().any(|grant| grant.actions.contains(action))
}

fn subjects(role: &str) -> Vec<Subject> {
    subjects_for(role, &all(&pipeline())).into_iter().collect()
}

/// One line a grant: actions, resources without what is the same everywhere, conditions.
fn view(role: &str) -> String {
    let short = |arn: &String| {
        arn.replace("arn:${AWS::Partition}:", "")
            .replace("${AWS::Region}:${AWS::AccountId}", "")
    };
    let line = |grant: &Grant| {
        let actions: Vec<_> = grant.actions.iter().map(String::as_str).collect();
        let resources: Vec<_> = grant.resources.iter().map(short).collect();
        let only = |one: &Condition| {
            format!(
                "\n  only if {} {} {}",
                one.key,
                one.operator.name(),
                one.values.iter().map(short).collect::<String>()
            )
        };
        let conditions: String = grant.conditions.iter().map(only).collect();
        format!("{}\n  on {}{conditions}\n", actions.join(" "), resources.join(" "))
    };
    grants(role).iter().map(line).collect()
}

#[test]
fn the_role_of_the_last_environment_releases_deploys_and_uploads_no_layer() {
    insta::assert_snapshot!(view(PROD_DEPLOY));
}

#[test]
fn the_review_role_executes_nothing() {
    insta::assert_snapshot!(view(PROD_REVIEW));
}

#[test]
fn only_the_publish_role_pushes_and_it_does_nothing_else() {
    let registry_only = |role| {
        grants(role)
            .iter()
            .flat_map(|grant| grant.actions.clone())
            .all(|one| one.starts_with("ecr:"))
    };
    let pushing = [PUBLISH, VERIFY, DEV_DEPLOY, PROD_DEPLOY, PROD_REVIEW].map(|role| allows(role, "ecr:PutImage"));
    assert_eq!(pushing, [true, false, false, false, false]);
    assert_eq!([PUBLISH, VERIFY].map(registry_only), [true, true]);
}

/// Actions of others run on what they were pinned to, and still are code that nobody here has read.
#[test]
fn a_job_with_rights_outside_the_registry_runs_no_action_of_others() {
    let ours = ["actions/", "aws-actions/"];
    for pipeline in [pipeline(), in_one_file()] {
        let workflows = all(&pipeline);
        let all_roles = [PUBLISH, VERIFY].into_iter().map(str::to_owned).chain(
            pipeline
                .environments()
                .flat_map(|one| [one.deploy_role.clone(), one.review_role.clone()]),
        );
        let strong: Vec<String> = all_roles
            .filter(|role| {
                let grants = grants_for(role, &workflows);
                grants
                    .iter()
                    .flat_map(|grant| &grant.actions)
                    .any(|one| !one.starts_with("ecr:"))
            })
            .collect();
        assert_eq!(strong.len(), 4, "{strong:?}");
        let mut jobs = 0;
        for (file, job, run) in runs(&workflows) {
            let role = assumed(run, &workflows);
            if role.iter().any(|role| strong.contains(role)) {
                jobs += 1;
                let others = actions(run).filter(|name| !ours.iter().any(|owner| name.starts_with(owner)));
                assert_eq!(others.collect::<Vec<_>>(), Vec::<&str>::new(), "{file}: {job}");
            }
        }
        assert!(jobs >= 5, "{jobs}");
    }
}

/// A token for AWS can be asked for by every program of a job that may ask for one, whichever role the job is for.
#[test]
fn no_job_that_runs_an_action_of_others_has_a_token_that_a_deploy_role_trusts() {
    for pipeline in [pipeline(), in_one_file()] {
        let workflows = all(&pipeline);
        for environment in pipeline.environments() {
            let trusted = subjects_for(&environment.deploy_role, &workflows);
            assert_eq!(
                trusted.into_iter().collect::<Vec<_>>(),
                [Subject::Environment(environment.name.clone())]
            );
        }
        for (file, job, run) in runs(&workflows) {
            let others = actions(run).any(|name| !name.starts_with("actions/") && !name.starts_with("aws-actions/"));
            assert!(!others || run.environment.is_none(), "{file}: {job}");
        }
    }
}

#[test]
fn what_lists_the_contents_of_an_image_has_no_rights_at_all() {
    let workflows = all(&pipeline());
    let release = workflows.iter().find(|one| one.file == "release").unwrap();
    let job = release.jobs.iter().find(|job| job.id == "list_contents").unwrap();
    assert_eq!(job.permissions(&workflows).iter().count(), 0);
}

fn in_one_file() -> Pipeline {
    Pipeline {
        files: Files::One,
        ..pipeline()
    }
}

fn runs(workflows: &[Workflow]) -> impl Iterator<Item = (&'static str, &str, &Run)> {
    let jobs = workflows
        .iter()
        .flat_map(|one| one.jobs.iter().map(move |job| (one.file, job)));
    jobs.filter_map(|(file, job)| match &job.work {
        Work::Run(run) => Some((file, job.id.as_str(), run)),
        Work::Call { .. } => None,
    })
}

fn actions(run: &Run) -> impl Iterator<Item = &'static str> {
    run.steps.iter().filter_map(|step| match step.shape() {
        Shape::Uses { pin, .. } => Some(pin.name),
        Shape::Runs { .. } => None,
    })
}

/// The roles that a run may assume: those that its callers give, if it is called.
fn assumed(run: &Run, workflows: &[Workflow]) -> Vec<String> {
    let given = run.steps.iter().filter_map(|step| match step.shape() {
        Shape::Uses { with, .. } => with.into_iter().find(|(name, _)| *name == "role-to-assume"),
        Shape::Runs { .. } => None,
    });
    let calls = || {
        workflows
            .iter()
            .flat_map(|one| &one.jobs)
            .filter_map(|job| match &job.work {
                Work::Call { with, .. } => Some(with),
                Work::Run(_) => None,
            })
    };
    given
        .flat_map(|(_, value)| match value {
            Value::Input(name) => calls()
                .flatten()
                .filter(|(one, _)| *one == name)
                .map(|(_, value)| value.text())
                .collect(),
            known => vec![known.text()],
        })
        .collect()
}

#[test]
fn a_grant_names_the_steps_that_need_it() {
    let pass = grants(PROD_DEPLOY)
        .into_iter()
        .find(|grant| grant.actions.contains("iam:PassRole"));
    let steps: Vec<_> = pass.into_iter().flat_map(|grant| grant.needed_by).collect();
    assert_eq!(
        steps,
        [
            "infra / Deploy the stacks",
            "release / Deploy the digest",
            "rollback / Deploy the digest"
        ]
    );
}

#[test]
fn the_deploy_role_trusts_its_environment_and_nothing_else() {
    assert_eq!(subjects(PROD_DEPLOY), [Subject::Environment("prod".into())]);
}

#[test]
fn the_roles_of_the_registry_trust_the_branch_and_no_pull_request_in_one_file_as_in_several() {
    for pipeline in [pipeline(), in_one_file()] {
        for role in [PUBLISH, VERIFY] {
            let subjects: Vec<_> = subjects_for(role, &all(&pipeline)).into_iter().collect();
            assert_eq!(subjects, [Subject::Branch("main".into())], "{role}");
        }
    }
}

#[test]
fn a_role_is_for_the_workflows_whose_jobs_assume_it() {
    let files = |role| {
        files_for(role, &all(&pipeline()))
            .into_iter()
            .collect::<Vec<_>>()
            .join(" ")
            .replace(".github/workflows/", "")
    };
    assert_eq!(
        [PUBLISH, VERIFY, PROD_DEPLOY].map(files),
        ["deploy.yml release.yml", "deploy.yml", "deploy-stacks.yml deploy.yml"]
    );
}

#[test]
fn the_review_role_trusts_pull_requests_and_the_branch_of_the_schedule() {
    assert_eq!(
        subjects(PROD_REVIEW),
        [Subject::PullRequest, Subject::Branch("main".into())]
    );
}

#[test]
fn the_review_role_reads_the_resources_of_every_stack_it_looks_for_drift_in() {
    let stacks: Vec<_> = stacks_read_by(PROD_REVIEW, &all(&pipeline())).into_iter().collect();
    assert_eq!(
        stacks,
        [
            "predict-api-prod-bootstrap",
            "predict-api-prod-network",
            "predict-api-prod-observability",
            "predict-api-prod-service"
        ]
    );
}

#[test]
fn a_role_that_no_job_assumes_needs_nothing() {
    assert_eq!(grants("arn:aws:iam::111111111111:role/other"), []);
}
