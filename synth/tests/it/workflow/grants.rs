//! What roles may do and whom they trust, computed from the steps.

use synth::permissions::{Condition, Grant};
use synth::workflow::{Subject, all, grants_for, stacks_read_by, subjects_for};

use super::sample::pipeline;

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
fn the_role_of_the_first_environment_publishes_the_image() {
    assert!(allows(DEV_DEPLOY, "ecr:PutImage"));
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
