//! `synth list`

use super::run;
use crate::files::Temp;

#[test]
fn a_person_gets_a_table() {
    insta::assert_snapshot!(run(&Temp::new(), "list").out, @r"
    SYSTEM       ENVIRONMENT  STACK          STACK NAME                      AFTER
    predict-api  dev          bootstrap      predict-api-dev-bootstrap
    predict-api  dev          permissions    predict-api-dev-permissions     bootstrap
    predict-api  dev          network        predict-api-dev-network         bootstrap, permissions
    predict-api  dev          service        predict-api-dev-service         bootstrap, permissions, network
    predict-api  dev          observability  predict-api-dev-observability   bootstrap, permissions, network, service
    predict-api  prod         bootstrap      predict-api-prod-bootstrap
    predict-api  prod         permissions    predict-api-prod-permissions    bootstrap
    predict-api  prod         network        predict-api-prod-network        bootstrap, permissions
    predict-api  prod         service        predict-api-prod-service        bootstrap, permissions, network
    predict-api  prod         observability  predict-api-prod-observability  bootstrap, permissions, network, service
    cars-api     dev          bootstrap      cars-api-dev-bootstrap
    cars-api     dev          permissions    cars-api-dev-permissions        bootstrap
    cars-api     dev          network        cars-api-dev-network            bootstrap, permissions
    cars-api     dev          data           cars-api-dev-data               bootstrap, permissions, network
    cars-api     dev          service        cars-api-dev-service            bootstrap, permissions, data, network
    cars-api     dev          migration      cars-api-dev-migration          bootstrap, permissions, data, network, service
    cars-api     dev          observability  cars-api-dev-observability      bootstrap, permissions, network, service
    cars-api     prod         bootstrap      cars-api-prod-bootstrap
    cars-api     prod         permissions    cars-api-prod-permissions       bootstrap
    cars-api     prod         network        cars-api-prod-network           bootstrap, permissions
    cars-api     prod         data           cars-api-prod-data              bootstrap, permissions, network
    cars-api     prod         service        cars-api-prod-service           bootstrap, permissions, data, network
    cars-api     prod         migration      cars-api-prod-migration         bootstrap, permissions, data, network, service
    cars-api     prod         observability  cars-api-prod-observability     bootstrap, permissions, network, service
    ");
}

#[test]
fn a_script_gets_every_stack_after_those_that_it_depends_on() {
    let said = run(&Temp::new(), "list --format json");
    let stacks: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let mut seen = Vec::new();
    for stack in stacks.as_array().unwrap() {
        for needed in stack["depends_on"].as_array().unwrap() {
            assert!(seen.contains(needed), "{needed} comes after {}", stack["stack_name"]);
        }
        seen.push(stack["stack_name"].clone());
    }
    assert_eq!(seen.len(), 24);
}

#[test]
fn the_keys_of_a_stack_are_a_contract() {
    let said = run(&Temp::new(), "list --format json");
    let stacks: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&stacks[1]).unwrap(), @r#"
    {
      "system": "predict-api",
      "environment": "dev",
      "stack": "permissions",
      "stack_name": "predict-api-dev-permissions",
      "template": "out/predict-api/dev/permissions.template.json",
      "parameters": "out/predict-api/dev/parameters.json",
      "capabilities": [
        "CAPABILITY_NAMED_IAM"
      ],
      "depends_on": [
        "predict-api-dev-bootstrap"
      ]
    }
    "#);
}

#[test]
fn a_format_that_a_list_has_not_is_bad_usage() {
    let temp = Temp::new();
    insta::assert_snapshot!(run(&temp, "list --format sarif").all(&temp), @r"
    error: a list has no such format; use --format human or --format json
    exit code 2
    ");
}
