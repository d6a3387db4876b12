//! Who may do what.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use synth::model::Subject;

use super::{S0, every, everywhere, items, out};

const ISSUER: &str = "token.actions.githubusercontent.com";

fn subjects(template: &str, role: &str) -> Json {
    let condition = S0.at(
        template,
        role,
        "/AssumeRolePolicyDocument/Statement/0/Condition/StringEquals",
    );
    condition[format!("{ISSUER}:sub")].clone()
}

#[test]
fn s0_13_github_deploys_prod_only_from_its_environment_and_by_immutable_ids() {
    assert_eq!(
        subjects("prod/bootstrap", "DeployRole"),
        "repo:example-org@1001/synth@2002:environment:prod"
    );
}

#[test]
fn s0_13_github_reviews_from_pull_requests_and_the_branch() {
    let both = json!([
        "repo:example-org@1001/synth@2002:pull_request",
        "repo:example-org@1001/synth@2002:ref:refs/heads/main"
    ]);
    assert_eq!(subjects("prod/bootstrap", "ReviewRole"), both);
}

/// The reference of a file on a pull request is the pull request's, so that reviews are not bound to one.
#[test]
fn a_role_that_changes_something_is_for_the_workflows_of_the_branch_and_for_no_others() {
    let files = |template: &str, role: &str| {
        let condition = S0.at(
            template,
            role,
            "/AssumeRolePolicyDocument/Statement/0/Condition/StringEquals",
        );
        condition[format!("{ISSUER}:job_workflow_ref")].clone()
    };
    let file = |name: &str| {
        json!(format!(
            "example-org/synth/.github/workflows/{name}.yml@refs/heads/main"
        ))
    };
    assert_eq!(
        files("prod/bootstrap", "DeployRole"),
        json!([file("deploy-stacks"), file("deploy")])
    );
    assert_eq!(
        files("dev/bootstrap", "PublishRole"),
        json!([file("deploy"), file("release")])
    );
    assert_eq!(files("dev/bootstrap", "VerifyRole"), file("deploy"));
    assert_eq!(files("prod/bootstrap", "ReviewRole"), json!(null));
}

#[test]
fn the_roles_of_the_registry_are_where_it_is() {
    let made = |template| ["PublishRole", "VerifyRole"].map(|id| S0.resources(template).any(|(one, _)| one == id));
    assert_eq!(
        (made("dev/bootstrap"), made("prod/bootstrap")),
        ([true, true], [false, false])
    );
}

#[test]
fn s0_13_tokens_are_for_aws() {
    let condition = S0.at(
        "prod/bootstrap",
        "DeployRole",
        "/AssumeRolePolicyDocument/Statement/0/Condition/StringEquals",
    );
    assert_eq!(condition[format!("{ISSUER}:aud")], "sts.amazonaws.com");
}

/// IAM's tables narrow it to families, and ECS refuses that: it asks for the action on `*`.
#[test]
fn task_definitions_are_registered_anywhere_in_the_region() {
    let policies = S0
        .resources("prod/permissions")
        .map(|(_, resource)| &resource["Properties"]["PolicyDocument"]);
    let statements: Vec<&Json> = policies.flat_map(|document| items(&document["Statement"])).collect();
    let registers = |statement: &&&Json| {
        let action = &statement["Action"];
        action == "ecs:RegisterTaskDefinition" || items(action).contains(&json!("ecs:RegisterTaskDefinition"))
    };
    let found: Vec<_> = statements
        .iter()
        .filter(registers)
        .map(|one| (&one["Resource"], &one["Condition"]))
        .collect();
    let here = json!({ "StringEquals": {
        "aws:RequestTag/environment": "prod",
        "aws:RequestTag/system": "predict-api",
        "aws:RequestedRegion": { "Ref": "AWS::Region" },
    } });
    assert_eq!(found, [(&json!("*"), &here)]);
}

#[test]
fn an_older_repository_has_both_forms_of_its_subject() {
    let mut system = synth::systems::predict_api();
    system.owner.github.subject = Subject::Both;
    let out = out(&system);
    let condition = out.at(
        "dev/bootstrap",
        "DeployRole",
        "/AssumeRolePolicyDocument/Statement/0/Condition/StringEquals",
    );
    let both = json!([
        "repo:example-org@1001/synth@2002:environment:dev",
        "repo:example-org/synth:environment:dev"
    ]);
    assert_eq!(condition[format!("{ISSUER}:sub")], both);
}

#[test]
fn s0_17_there_are_no_users_and_no_keys_of_users() {
    let kinds = ["AWS::IAM::User", "AWS::IAM::AccessKey"];
    assert_eq!(
        everywhere()
            .filter(|(_, resource)| kinds.iter().any(|kind| resource["Type"] == *kind))
            .count(),
        0
    );
}

#[test]
fn s0_17_no_workflow_reads_a_key_of_aws() {
    let files = every().into_iter().flat_map(|out| &out.rendered.files);
    let workflows = files.filter(|(path, _)| path.contains(".github/"));
    let reading = workflows
        .filter(|(_, text)| text.to_lowercase().contains("aws_access_key") || text.contains("aws-access-key-id"));
    assert_eq!(
        reading.map(|(path, _)| path.as_str()).collect::<Vec<_>>(),
        Vec::<&str>::new()
    );
}

/// The roles of the stacks that pipelines deploy; those of `bootstrap` and `permissions` a person makes.
fn roles() -> Vec<(String, &'static Json)> {
    let roles = everywhere()
        .filter(|(_, resource)| resource["Type"] == "AWS::IAM::Role")
        .filter(|(id, _)| !["/bootstrap ", "/permissions "].iter().any(|stack| id.contains(stack)));
    roles.collect()
}

#[test]
fn s0_21_every_role_that_a_pipeline_makes_has_the_boundary() {
    let without = roles().into_iter().filter(|(id, role)| {
        let environment = id.split('/').next().unwrap().replace(' ', "-");
        let arn = format!("arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:policy/{environment}-boundary");
        role["Properties"]["PermissionsBoundary"] != json!({ "Fn::Sub": arn })
    });
    assert_eq!(without.map(|(id, _)| id).collect::<Vec<_>>(), Vec::<String>::new());
    assert!(roles().len() >= 18);
}

#[test]
fn s0_21_the_boundary_is_made_under_the_name_that_roles_use() {
    assert_eq!(
        S0.of("prod/bootstrap", "Boundary")["ManagedPolicyName"],
        "predict-api-prod-boundary"
    );
}

#[test]
fn a_role_of_a_service_of_aws_acts_for_this_account_only() {
    let open = roles().into_iter().filter(|(_, role)| {
        let statement = &role["Properties"]["AssumeRolePolicyDocument"]["Statement"][0];
        // Some services may not tell for whom they act; those that do must act for this account.
        let bound = |operator: &&str| {
            statement["Condition"][*operator]["aws:SourceAccount"] == json!({ "Ref": "AWS::AccountId" })
        };
        !["StringEquals", "StringEqualsIfExists"].iter().any(bound)
    });
    assert_eq!(open.map(|(id, _)| id).collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn s0_21_the_service_itself_may_do_nothing() {
    assert_eq!(S0.of("prod/service", "TaskRole").get("Policies"), None);
}

/// The statements of all policies that are not a resource's own.
fn statements() -> impl Iterator<Item = (String, &'static Json)> {
    everywhere().flat_map(|(id, resource)| {
        let properties = &resource["Properties"];
        let inline = items(&properties["Policies"])
            .iter()
            .map(|policy| &policy["PolicyDocument"]);
        let own = (resource["Type"] == "AWS::IAM::ManagedPolicy").then_some(&properties["PolicyDocument"]);
        let statements = inline.chain(own).flat_map(|document| items(&document["Statement"]));
        statements
            .map(move |statement| (id.clone(), statement))
            .collect::<Vec<_>>()
    })
}

fn texts(one_or_more: &Json) -> Vec<String> {
    let text = |json: &Json| json.as_str().map_or_else(|| json.to_string(), str::to_owned);
    one_or_more
        .as_array()
        .map_or_else(|| vec![text(one_or_more)], |items| items.iter().map(text).collect())
}

#[test]
fn s0_21_no_policy_allows_all_actions_of_a_service() {
    let wide = statements().filter(|(_, statement)| {
        statement["Effect"] == "Allow"
            && texts(&statement["Action"])
                .iter()
                .any(|action| action == "*" || action.ends_with(":*"))
    });
    assert_eq!(wide.map(|(id, _)| id).collect::<BTreeSet<_>>(), BTreeSet::new());
}

#[test]
fn s0_21_roles_are_passed_by_their_names_and_to_a_service() {
    let passing = statements().filter(|(_, statement)| {
        texts(&statement["Action"])
            .iter()
            .any(|action| action == "iam:PassRole")
    });
    let open = passing.filter(|(_, statement)| {
        texts(&statement["Resource"]).iter().any(|resource| resource == "*")
            || !statement["Condition"].to_string().contains("iam:PassedToService")
    });
    assert_eq!(
        open.map(|(id, statement)| format!("{id} {}", statement["Sid"]))
            .collect::<BTreeSet<_>>(),
        BTreeSet::new()
    );
}

#[test]
fn managed_policies_fit_into_iam() {
    let policies = everywhere().filter(|(_, resource)| resource["Type"] == "AWS::IAM::ManagedPolicy");
    let large = policies.filter(|(_, policy)| {
        policy["Properties"]["PolicyDocument"]
            .to_string()
            .replace("{\"Fn::Sub\":", "")
            .len()
            > 6144 + 500
    });
    assert_eq!(large.map(|(id, _)| id).collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn a_role_has_at_most_ten_policies() {
    let roles = everywhere().filter(|(_, resource)| resource["Type"] == "AWS::IAM::Role");
    assert_eq!(
        roles
            .filter(|(_, role)| items(&role["Properties"]["ManagedPolicyArns"]).len() > 10)
            .count(),
        0
    );
}

#[test]
fn the_identity_provider_is_made_once_in_an_account() {
    let makes = |template: &str| S0.templates[template]["Resources"]["GitHubIdentityProvider"].is_object();
    assert_eq!([makes("dev/bootstrap"), makes("prod/bootstrap")], [true, false]);
}
