//! Settings: what a user cannot say, since the model says it or everybody could read it.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use serde_json::Value as Json;
use synth::model::{System, Variable};
use synth::systems::{cars_api, predict_api};

use super::{verdict, verdict_of_prod};
use crate::alone;

fn setting(name: &str, value: &str) -> String {
    verdict(|system| system.service.settings.push((name.into(), value.into())))
}

#[test]
fn a_setting_that_is_no_variable_is_refused() {
    assert_snapshot!(setting("log-level", "x"), @"Service.settings: `log-level` is not a name of an environment variable; use letters, digits and `_`, the first no digit");
}

#[test]
fn a_setting_that_the_model_makes_is_refused() {
    assert_snapshot!(setting("IDLE_TIMEOUT_SECONDS", "5"), @"Service.settings: `IDLE_TIMEOUT_SECONDS` follows from the model; set what it follows from: the service's `port` or `longest_request`, or the database");
}

#[test]
fn a_setting_that_stands_twice_is_refused() {
    assert_snapshot!(setting("LOG_LEVEL", "x"), @"Service.settings: `LOG_LEVEL` stands twice; keep one of the two");
}

#[test]
fn a_setting_that_fargate_makes_is_refused() {
    assert_snapshot!(setting("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://localhost"), @"Service.settings: `AWS_CONTAINER_CREDENTIALS_FULL_URI` is set by Fargate; leave it out: a task finds its rights and its metadata by it");
}

#[test]
fn a_setting_of_a_database_is_fine_where_there_is_none() {
    assert_eq!(setting("DATABASE_HOST", "db.acme.dev"), "fine");
}

fn setting_of_prod(name: &str, value: &str) -> String {
    verdict_of_prod(|prod| prod.settings.push((name.into(), value.into())))
}

#[test]
fn a_setting_of_an_environment_that_the_model_makes_is_refused() {
    assert_snapshot!(setting_of_prod("PORT", "80"), @"Environment.settings: `PORT` follows from the model; set what it follows from: the service's `port` or `longest_request`, or the database");
}

#[test]
fn a_setting_of_an_environment_that_is_a_secret_is_refused() {
    assert_snapshot!(setting_of_prod("API_KEY", "x"), @"Environment.settings: `API_KEY` is named as a secret and everybody could read it; keep it in Secrets Manager, and give its ARN to the container by an override of `Secrets`");
}

#[test]
fn a_setting_of_an_environment_may_be_another_than_the_services() {
    assert_eq!(setting_of_prod("LOG_LEVEL", "warn"), "fine");
}

#[test]
fn another_setting_is_fine() {
    assert_eq!(setting("MODEL_2", "x"), "fine");
}

#[test]
fn a_setting_that_is_named_as_a_secret_is_refused() {
    assert_snapshot!(setting("API_KEY", "x"), @"Service.settings: `API_KEY` is named as a secret and everybody could read it; keep it in Secrets Manager, and give its ARN to the container by an override of `Secrets`");
}

#[test]
fn a_name_of_a_secret_without_a_value_is_fine() {
    assert_eq!(["", "true"].map(|value| setting("API_KEY", value)), ["fine", "fine"]);
}

#[test]
fn a_value_that_looks_like_a_credential_is_refused_and_not_repeated() {
    let key = format!("AKIA{}", "A".repeat(16));
    assert_snapshot!(setting("UPSTREAM", &key), @"Service.settings: `UPSTREAM` has a value that looks like a credential; keep it in Secrets Manager, and give its ARN to the container by an override of `Secrets`");
}

#[test]
fn credentials_of_all_kinds_are_refused() {
    let letters = "a1B2".repeat(10);
    let values = [
        format!("ghp_{letters}"),
        format!("key=sk_live_{letters}"),
        format!("eyJhbGciOi{letters}.{letters}"),
        "mysql://root:hunter2@db/cars".to_owned(),
        "-----BEGIN RSA PRIVATE KEY-----".to_owned(),
        "{{resolve:secretsmanager:arn}}".to_owned(),
    ];
    let fine = values.iter().filter(|value| setting("UPSTREAM", value) == "fine");
    assert_eq!(fine.collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn values_that_are_no_credentials_are_fine() {
    let values = [
        "https://user@acme.dev:8443/a:b@c",
        "AKIAPLANET",
        "ghp_",
        "-----BEGIN CERTIFICATE-----",
        "task_runner_in_the_house_of_tokens",
    ];
    assert_eq!(values.map(|value| setting("UPSTREAM", value)), ["fine"; 5]);
}

/// The names of all variables and secrets in the containers of a system.
fn told(system: &System) -> BTreeSet<String> {
    let rendered = alone::render(system);
    let templates = rendered.stacks.iter().map(|stack| &rendered.files[&stack.template]);
    let templates = templates.map(|text| serde_json::from_str::<Json>(text).unwrap());
    let lists = templates.flat_map(|template| {
        let resources = template["Resources"].as_object().unwrap().clone();
        let containers = resources
            .into_iter()
            .filter_map(|(_, resource)| resource["Properties"]["ContainerDefinitions"].as_array().cloned())
            .flatten();
        containers.flat_map(|container| [container["Environment"].clone(), container["Secrets"].clone()])
    });
    let pairs = lists.flat_map(|list| list.as_array().cloned().unwrap_or_default());
    pairs.map(|pair| pair["Name"].as_str().unwrap().to_owned()).collect()
}

/// A variable that tasks are given past the list would be one that a setting could say twice.
#[test]
fn every_variable_that_a_task_is_given_is_a_setting_or_reserved() {
    let given: BTreeSet<String> = [predict_api(), cars_api()].iter().flat_map(told).collect();
    let reserved = Variable::ALL.iter().map(|variable| variable.name().to_owned());
    let known: BTreeSet<String> = reserved.chain(["LOG_LEVEL".to_owned()]).collect();
    assert_eq!(given, known);
}

#[test]
fn every_reserved_variable_is_refused_as_a_setting() {
    let refused = |variable: &&Variable| {
        let mut system = cars_api();
        let name = variable.name().to_owned();
        system.service.settings.push((name, String::new()));
        alone::verdict(system).contains("follows from the model")
    };
    assert_eq!(Variable::ALL.iter().filter(refused).count(), Variable::ALL.len());
}
