//! What is asked of a registry in another account is let by the policy of its repository, and nothing else is.

use std::sync::LazyLock;

use serde_json::{Value as Json, json};
use synth::Rendered;
use synth::model::Systems;

use super::condition::Context;
use super::policy::{Policy, Request};
use super::scripts::{Run, runs};
use super::sites::Pipeline;
use crate::own_system;
use crate::script::{Ended, Of, run};

/// The example: its registry is in the account of `staging`, and `prod` in another one.
static EXAMPLE: LazyLock<Rendered> = LazyLock::new(|| {
    let systems = Systems::new(vec![own_system::quotes()]).unwrap();
    synth::render(systems.each().next().unwrap()).unwrap()
});

const HOME: &str = "444455556666";
const AWAY: &str = "777788889999";

/// Somebody with all rights that an account can give.
const PERSON: &str = "role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef";

/// The statements of the repository's policy for an account, or for one of its roles.
fn policy_for(account: &str) -> Policy {
    let template: Json = serde_json::from_str(&EXAMPLE.files["out/quotes/staging/bootstrap.template.json"]).unwrap();
    let mut document = template["Resources"]["Registry"]["Properties"]["RepositoryPolicyText"].clone();
    let statements = document["Statement"].as_array_mut().unwrap();
    statements.retain(|one| one["Principal"] == json!({ "AWS": format!("arn:aws:iam::{account}:root") }));
    for statement in statements {
        statement["Resource"] = json!("*");
    }
    Policy::new([&document])
}

/// Whether somebody of an account may do something to the repository, if the own account lets it.
fn lets(account: &str, who: &str, action: &str) -> bool {
    let caller = format!("arn:aws:iam::{account}:{who}");
    let context = Context::default().with("aws:PrincipalArn", [caller.as_str()]);
    let request = Request {
        action,
        resource: "*",
        context: &context,
    };
    account == HOME || policy_for(account).allows(request).is_some()
}

/// The action that a command of the AWS CLI is.
fn action(command: &str) -> String {
    let words = command.split('-').map(|word| word[..1].to_uppercase() + &word[1..]);
    format!("ecr:{}", words.collect::<String>())
}

/// Runs `deploy.sh`, signed in to an account; the image has these tags.
fn deployed(account: &str, words: &[&str], tags: &str) -> Ended {
    let of = Of {
        files: &EXAMPLE.files,
        system: "quotes",
        account,
    };
    let aws = format!(
        "*put-image*) ;;\n*batch-get-image*) echo it ;;\n*imageDigest=*imageTags*) echo {tags} ;;\n*imageTag=*) echo sha256:1 ;;\n\
         *services*taskDefinition*) echo arn:aws:ecs:definition ;;\n*containerDefinitions*) echo quotes@sha256:1 ;;"
    );
    run(&of, words, &[("IMAGE_TAG", "abc1234")], &aws)
}

/// The calls of the registry that a run makes and that the registry refuses.
fn refused(account: &str, ended: &Ended) -> Vec<String> {
    let calls = ended.calls.lines().filter_map(|call| call.strip_prefix("ecr "));
    let asked: Vec<String> = calls.map(|call| action(call.split(' ').next().unwrap())).collect();
    assert!(ended.succeeded && !asked.is_empty(), "{}{}", ended.calls, ended.said);
    let refused = asked.into_iter().filter(|action| !lets(account, PERSON, action));
    refused.collect()
}

#[test]
fn the_script_asks_the_registry_of_another_account_only_for_what_that_lets() {
    for words in [["deploy", "prod"], ["rollback", "prod"], ["status", "prod"]] {
        let ended = deployed(AWAY, &words, "abc1234");
        assert_eq!(refused(AWAY, &ended), Vec::<String>::new(), "{words:?}");
    }
}

#[test]
fn an_image_of_another_account_is_marked_by_who_is_signed_in_to_the_registrys() {
    let unmarked = deployed(AWAY, &["rollback", "prod"], "abc1234");
    let told = "signed in to 444455556666, IMAGE_TAG=abc1234 deploy.sh mark prod";
    assert!(unmarked.said.contains(told), "{}", unmarked.said);
    let marked = deployed(AWAY, &["rollback", "prod"], "'abc1234\tdeployed-prod-abc1234'");
    assert!(!marked.said.contains("deploy.sh mark"), "{}", marked.said);
    let marks = deployed(HOME, &["mark", "prod"], "abc1234");
    assert!(
        marks.calls.contains("ecr put-image") && marks.calls.contains("deployed-prod-abc1234"),
        "{}{}",
        marks.calls,
        marks.said
    );
    assert!(!deployed(AWAY, &["mark", "prod"], "abc1234").succeeded);
}

#[test]
fn an_image_of_the_registrys_own_account_is_marked_at_once() {
    let ended = deployed(HOME, &["rollback", "staging"], "abc1234");
    assert!(ended.calls.contains("ecr put-image"), "{}{}", ended.calls, ended.said);
}

#[test]
fn another_account_writes_nothing_and_only_the_roles_of_its_environment_pull() {
    let role = "role/quotes-prod-service-ExecutionRole-ABCDEFGHIJKL";
    let pull = [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:GetDownloadUrlForLayer",
    ];
    for action in pull {
        assert!(lets(AWAY, role, action) && !lets(AWAY, PERSON, action), "{action}");
    }
    let ecr = synth::schema::iam::service("ecr").unwrap();
    let all = ecr.actions.iter().map(|action| format!("ecr:{}", action.name));
    let let_in: Vec<_> = all.filter(|action| lets(AWAY, role, action)).collect();
    let others: Vec<&String> = let_in
        .iter()
        .filter(|action| !pull.contains(&action.as_str()))
        .collect();
    assert_eq!(others, ["ecr:DescribeImages"]);
}

/// Whether a step asks the registry for something.
fn asks(run: &Run) -> bool {
    let commands = run.commands();
    let tools = ["cosign ", "skopeo ", "docker push", "imagetools"];
    commands.iter().any(|(service, _)| *service == "ecr") || tools.iter().any(|tool| run.script.contains(tool))
}

#[test]
fn the_steps_of_the_workflows_ask_the_registry_with_a_role_of_its_account() {
    let pipeline = Pipeline::of(&EXAMPLE);
    let asking: Vec<Run> = runs(&pipeline).into_iter().filter(asks).collect();
    assert!(asking.len() > 5);
    let home = format!("arn:aws:iam::{HOME}:role/");
    let away = asking.iter().filter(|run| !run.role.starts_with(&home));
    let away: Vec<_> = away.map(|run| format!("{} as {}", run.step, run.role)).collect();
    assert_eq!(away, Vec::<String>::new());
}
