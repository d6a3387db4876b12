//! Environments in accounts of their own.

use serde_json::json;
use synth::model::{AccountId, CertificateArn, Region};

use super::{Out, with_prod};

/// S0, with `prod` in an account and a region of its own.
fn apart() -> Out {
    with_prod(|prod| {
        prod.account_mut().id = AccountId::new("444455556666");
        prod.account_mut().region = Region::new("eu-central-1");
        prod.account_mut().certificate =
            CertificateArn::new("arn:aws:acm:eu-central-1:444455556666:certificate/1b4c3f2e");
    })
}

fn file<'a>(out: &'a Out, path: &str) -> &'a str {
    &out.rendered.files[path]
}

#[test]
fn a_pipeline_assumes_the_roles_of_each_environments_own_account() {
    let out = apart();
    let infra = file(&out, ".github/workflows/infra.yml");
    for role in [
        "arn:aws:iam::111122223333:role/predict-api-dev-deploy",
        "arn:aws:iam::444455556666:role/predict-api-prod-deploy",
    ] {
        assert!(infra.contains(role), "{role}");
    }
    assert!(!infra.contains("111122223333:role/predict-api-prod"));
}

#[test]
fn an_account_of_its_own_makes_its_own_identity_provider() {
    let out = apart();
    let makes = |template: &str| out.templates[template]["Resources"]["GitHubIdentityProvider"].is_object();
    assert_eq!([makes("dev/bootstrap"), makes("prod/bootstrap")], [true, true]);
}

#[test]
fn an_account_of_its_own_gets_its_own_certificate() {
    let out = apart();
    let parameters = file(&out, "out/predict-api/prod/parameters.json");
    assert!(parameters.contains("arn:aws:acm:eu-central-1:444455556666:certificate/1b4c3f2e"));
}

#[test]
fn the_image_of_every_account_comes_from_the_one_registry() {
    let out = apart();
    let task = out.of("prod/service", "TaskDefinition").to_string();
    assert!(
        task.contains("111122223333.dkr.ecr.us-east-1.${AWS::URLSuffix}/"),
        "{task}"
    );
}

#[test]
fn the_readme_says_in_which_account_each_environment_is() {
    let out = apart();
    let readme = file(&out, "out/predict-api/README.md");
    let said = readme.lines().find(|line| line.starts_with("It runs in"));
    insta::assert_snapshot!(said.unwrap(), @"It runs in dev and prod, dev in the AWS account 111122223333 (us-east-1) and prod in the AWS account 444455556666 (eu-central-1), and is deployed from [example-org/synth](https://github.com/example-org/synth).");
}

#[test]
fn commands_are_for_the_region_of_their_environment() {
    let out = apart();
    let readme = file(&out, "out/predict-api/DEPLOYMENT.md");
    let deploys = |region: &str, environment: &str| {
        readme.contains(&format!(
            "aws cloudformation deploy --region {region} \\\n  --stack-name predict-api-{environment}-bootstrap"
        ))
    };
    assert!(deploys("us-east-1", "dev") && deploys("eu-central-1", "prod"));
}

#[test]
fn the_script_is_for_the_account_and_the_region_of_its_environment() {
    let out = apart();
    let script = file(&out, "out/predict-api/deploy.sh");
    for place in [
        "account=111122223333 region=us-east-1",
        "account=444455556666 region=eu-central-1",
    ] {
        assert!(script.contains(place), "{place}");
    }
}

#[test]
fn the_registry_lets_the_roles_of_an_environment_in_another_account_pull_and_its_people_look() {
    let policy = apart()
        .at("dev/bootstrap", "Registry", "/RepositoryPolicyText/Statement")
        .clone();
    let pulls = json!([{
        "Sid": "PullProd",
        "Effect": "Allow",
        "Principal": { "AWS": "arn:aws:iam::444455556666:root" },
        "Action": ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        "Condition": { "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::444455556666:role/predict-api-prod-*" } },
    }, {
        "Sid": "LookProd",
        "Effect": "Allow",
        "Principal": { "AWS": "arn:aws:iam::444455556666:root" },
        "Action": "ecr:DescribeImages",
    }]);
    assert_eq!(policy, pulls);
}

#[test]
fn a_registry_that_one_account_uses_has_no_policy() {
    let registry = super::S0.of("dev/bootstrap", "Registry").to_string();
    assert!(!registry.contains("RepositoryPolicyText"), "{registry}");
}
