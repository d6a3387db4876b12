//! What runs on a developer's own machine (S2.8).

use crate::alone;
use synth::model::System;
use synth::systems::{cars_api, fastapi_devops, predict_api};

fn file(system: &System, name: &str) -> Option<String> {
    let path = format!("out/{}/{name}", system.name);
    alone::render(system).files.remove(&path)
}

/// The lines of a service of the compose file.
fn service(system: &System, name: &str) -> String {
    let text = file(system, "compose.yaml").unwrap();
    let from = text.find(&format!("\n  {name}:\n")).unwrap();
    let rest = &text[from + 1..];
    rest[..rest.find("\n\n").unwrap()].to_owned()
}

#[test]
fn s2_8_the_service_starts_after_the_migration_and_answers_on_a_local_port() {
    let said = service(&cars_api(), "service");
    insta::assert_snapshot!(said, @r#"
    service:
      <<: [*image, *locked]
      environment:
        LOG_LEVEL: "info"
        PORT: "5000"
        DATABASE_HOST: database
        DATABASE_NAME: cars
        DATABASE_USERNAME: cars
        DATABASE_PASSWORD: ${APPLICATION_PASSWORD:?is in .env}
      ports: ["127.0.0.1:5000:5000"]
      healthcheck:
        test: [CMD, "/service", "healthcheck"]
        interval: 5s
        timeout: 5s
        retries: 3
        start_interval: 1s
        start_period: 30s
      stop_grace_period: 60s
      depends_on:
        migration: { condition: service_completed_successfully }
    "#);
}

#[test]
fn s2_8_the_migration_waits_for_the_database_and_makes_the_user_of_the_service() {
    let said = service(&cars_api(), "migration");
    insta::assert_snapshot!(said, @r#"
    migration:
      <<: [*image, *locked]
      entrypoint: ["/service", "migrate"]
      environment:
        DATABASE_HOST: database
        DATABASE_NAME: cars
        DATABASE_USERNAME: root
        DATABASE_PASSWORD: ${MASTER_PASSWORD:?is in .env}
        APPLICATION_USERNAME: cars
        APPLICATION_PASSWORD: ${APPLICATION_PASSWORD:?is in .env}
      depends_on:
        database: { condition: service_healthy }
    "#);
}

#[test]
fn the_compose_file_holds_no_password() {
    let passwords = file(&cars_api(), ".env").unwrap();
    let compose = file(&cars_api(), "compose.yaml").unwrap();
    let values = passwords
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(_, value)| value);
    let shown: Vec<_> = values.filter(|value| compose.contains(&format!(": {value}"))).collect();
    assert_eq!(shown, [""; 0]);
}

#[test]
fn a_setting_is_text_to_yaml_and_compose() {
    let mut system = cars_api();
    system.service.settings = vec![("GREETING".into(), "a \"b\": $HOME".into())];
    assert!(service(&system, "service").contains(r#"GREETING: "a \"b\": $$HOME""#));
}

#[test]
fn a_system_without_a_database_needs_no_compose_file() {
    assert_eq!(file(&predict_api(), "compose.yaml"), None);
}

#[test]
fn a_service_on_machines_runs_alone_with_the_rights_that_it_has_there() {
    let system = fastapi_devops();
    let text = file(&system, "compose.yaml").unwrap();
    insta::assert_snapshot!(text[text.find("services:").unwrap()..], @r#"
    services:
      service:
        <<: [*image, *locked]
        environment:
          LOG_LEVEL: "info"
          PORT: "8000"
        ports: ["127.0.0.1:8000:8000"]
        healthcheck:
          test: [CMD, "/service", "healthcheck"]
          interval: 5s
          timeout: 5s
          retries: 3
          start_interval: 1s
          start_period: 30s
        stop_grace_period: 60s
    "#);
    assert!(!text.contains(".env"), "{text}");
    assert_eq!(file(&system, ".env"), None);
}
