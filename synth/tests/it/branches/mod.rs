//! S4's pipeline: a branch leads to each environment.

mod event;
mod expression;
mod lines;
mod refused;

use std::sync::LazyLock;

use insta::assert_snapshot;
use serde_json::Value as Json;
use synth::Rendered;
use synth::systems::fastapi_devops;

use event::{Event, environment, run};

/// S4, as it is rendered where it is alone.
static S4: LazyLock<Rendered> = LazyLock::new(|| crate::alone::render(&fastapi_devops()));

const FILE: &str = ".github/workflows/ci-cd.yaml";

const COMMIT: &str = "0123456789012345678901234567890123456789";

fn workflow() -> Json {
    yaml_serde::from_str(&S4.files[FILE]).unwrap()
}

fn steps(job: &Json) -> impl Iterator<Item = &Json> {
    job["steps"].as_array().into_iter().flatten()
}

/// What stands behind a word, such as the names of secrets behind `secrets.`, once each.
fn named(json: &Json, word: &str) -> Vec<String> {
    let text = json.to_string();
    let rest = text.split(word).skip(1);
    let mut names: Vec<String> = rest
        .map(|rest| {
            rest.chars()
                .take_while(|one| one.is_ascii_uppercase() || *one == '_')
                .collect()
        })
        .collect();
    names.sort();
    names.dedup();
    names
}

/// The jobs that an event makes run; those in an environment with its name.
fn way(event: &Event) -> String {
    let workflow = workflow();
    let told = run(&workflow, event).into_iter().map(|(id, result)| {
        let place = environment(&workflow["jobs"][&id], event);
        let place = if ["", "docker_hub"].contains(&place.as_str()) {
            String::new()
        } else {
            format!("({place})")
        };
        format!("{id}{place}{}", if result == "failure" { " FAILS" } else { "" })
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() {
        "nothing".to_owned()
    } else {
        told.join(" ")
    }
}

#[test]
fn a_branch_leads_to_its_environment_and_nothing_else_does() {
    let built = ["prasanna", "stage", "main"].map(|branch| (format!("push {branch}"), Event::of("push", branch)));
    let found = ["stage", "main"].map(|branch| (format!("push {branch}, found"), Event::of("push", branch).found()));
    let others = [
        ("push other".to_owned(), Event::of("push", "other")),
        (
            "pull request, also of a fork".to_owned(),
            Event::of("pull_request", "main"),
        ),
        ("pull request elsewhere".to_owned(), Event::of("pull_request", "other")),
        ("deploy dev".to_owned(), Event::started("prasanna", "dev", "")),
        ("deploy stage".to_owned(), Event::started("stage", "stage", "").found()),
        ("deploy prod".to_owned(), Event::started("main", "prod", "").found()),
        ("deploy prod from stage".to_owned(), Event::started("stage", "prod", "")),
        ("deploy dev from other".to_owned(), Event::started("other", "dev", "")),
        ("roll prod back".to_owned(), Event::started("main", "prod", COMMIT)),
        (
            "roll prod back on stage".to_owned(),
            Event::started("stage", "prod", COMMIT),
        ),
    ];
    let rows = built.into_iter().chain(found).chain(others);
    let rows: Vec<String> = rows.map(|(name, event)| format!("{name}: {}", way(&event))).collect();
    assert_snapshot!(rows.join("\n"), @"
    push prasanna: format lint test rendered find build scan publish list_contents sign_image verify deploy(dev)
    push stage: format lint test rendered find build scan publish list_contents sign_image verify deploy(stage)
    push main: format lint test rendered find build scan publish list_contents sign_image verify deploy(prod)
    push stage, found: format lint test rendered find scan verify deploy(stage)
    push main, found: format lint test rendered find scan verify deploy(prod)
    push other: nothing
    pull request, also of a fork: format lint test rendered build scan
    pull request elsewhere: nothing
    deploy dev: format lint test rendered find build scan publish list_contents sign_image verify deploy(dev)
    deploy stage: format lint test rendered find scan verify deploy(stage)
    deploy prod: format lint test rendered find scan verify deploy(prod)
    deploy prod from stage: other_branch
    deploy dev from other: other_branch
    roll prod back: verify deploy(prod)
    roll prod back on stage: other_branch
    ");
}

/// What a job may and gets; what is not in this table has nothing.
#[test]
fn a_job_has_the_rights_and_the_secrets_that_it_needs() {
    let workflow = workflow();
    let row = |(id, job): (&String, &Json)| {
        let rights = job["permissions"].as_object().into_iter().flatten();
        let rights: Vec<String> = rights
            .map(|(scope, level)| format!("{scope} {}", level.as_str().unwrap()))
            .collect();
        let secrets = named(job, "secrets.");
        let place = match job["environment"].as_str() {
            None => "nowhere",
            Some("docker_hub") => "docker_hub",
            Some(_) => "by branch",
        };
        let or_none = |all: &[String]| {
            if all.is_empty() {
                "none".to_owned()
            } else {
                all.join(", ")
            }
        };
        format!("{id}: {}; {place}; {}", or_none(&rights), or_none(&secrets))
    };
    let rows: Vec<String> = workflow["jobs"].as_object().unwrap().iter().map(row).collect();
    assert_snapshot!(rows.join("\n"), @"
    other_branch: none; nowhere; none
    format: contents read; nowhere; none
    lint: contents read; nowhere; none
    test: contents read; nowhere; none
    rendered: contents read; nowhere; none
    find: contents read; docker_hub; DOCKERHUB_TOKEN, DOCKERHUB_USERNAME
    build: contents read; nowhere; none
    scan: none; nowhere; none
    publish: none; docker_hub; DOCKERHUB_TOKEN, DOCKERHUB_USERNAME
    list_contents: none; nowhere; none
    sign_image: attestations write, id-token write; docker_hub; DOCKERHUB_TOKEN, DOCKERHUB_USERNAME
    verify: attestations read, contents read; docker_hub; DOCKERHUB_TOKEN, DOCKERHUB_USERNAME
    deploy: contents read, deployments read; by branch; CONTROL_PLANE_IP, SSH_PRIVATE_KEY
    ");
}

#[test]
fn nothing_is_deployed_after_a_job_that_failed() {
    let workflow = workflow();
    for event in [
        Event::of("push", "main"),
        Event::of("push", "main").found(),
        Event::started("main", "prod", COMMIT),
    ] {
        let ran = run(&workflow, &event);
        assert_eq!(ran.last().unwrap(), &("deploy".to_owned(), "success"));
        for (job, _) in &ran[..ran.len() - 1] {
            let after = run(&workflow, &event.clone().failing(job));
            assert!(after.iter().all(|(id, _)| id != "deploy"), "{job} fails, and {after:?}");
        }
    }
}

/// A fork's pull request has no secrets and no rights to write, and none is missed.
#[test]
fn a_pull_request_is_looked_at_without_an_environment_and_without_a_right_to_write() {
    let workflow = workflow();
    for (id, _) in run(&workflow, &Event::of("pull_request", "main")) {
        let job = &workflow["jobs"][&id];
        assert_eq!(named(job, "secrets."), Vec::<String>::new(), "{id}");
        assert!(job["environment"].is_null(), "{id}");
        assert!(!job["permissions"].to_string().contains("write"), "{id}");
        assert!(!job.to_string().contains("docker://"), "{id}");
    }
}

#[test]
fn the_checks_say_nothing_of_it() {
    assert_eq!(S4.findings, Vec::new());
}
