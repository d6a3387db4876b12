//! How it is delivered: stacks, their order, parameters, workflows.

use super::{S0, every, everywhere};
use synth::checks::Level;
use synth::model::{BlueGreenBy, Egress, Minutes, Name, Repository, Shift, Strategy};

fn stacks(environment: &str) -> Vec<&'static synth::StackEntry> {
    S0.rendered
        .stacks
        .iter()
        .filter(|stack| stack.environment == environment)
        .collect()
}

#[test]
fn s0_20_stacks_are_split_by_what_changes_together_and_stand_in_the_order_of_deployment() {
    let names: Vec<_> = stacks("prod").into_iter().map(|stack| stack.stack.name()).collect();
    assert_eq!(
        names,
        ["bootstrap", "permissions", "network", "service", "observability"]
    );
}

#[test]
fn s0_20_a_stack_names_those_that_must_be_there() {
    let needs: Vec<_> = stacks("prod")
        .into_iter()
        .map(|stack| stack.depends_on.join(" ").replace("predict-api-prod-", ""))
        .collect();
    assert_eq!(
        needs,
        [
            "",
            "bootstrap",
            "bootstrap permissions",
            "bootstrap permissions network",
            "bootstrap permissions network service"
        ]
    );
}

#[test]
fn stacks_that_name_roles_ask_for_that() {
    let asks: Vec<_> = stacks("prod")
        .into_iter()
        .map(|stack| stack.capabilities.join(" "))
        .collect();
    assert_eq!(
        asks,
        [
            "CAPABILITY_NAMED_IAM",
            "CAPABILITY_NAMED_IAM",
            "CAPABILITY_IAM",
            "CAPABILITY_IAM",
            ""
        ]
    );
}

#[test]
fn every_stack_fits_through_the_command_line() {
    let stacks = every()
        .into_iter()
        .flat_map(|out| out.rendered.stacks.iter().map(move |stack| (out, stack)));
    let large = stacks
        .map(|(out, stack)| (&stack.template, out.rendered.files[&stack.template].len()))
        .filter(|(_, length)| *length > 51_200);
    assert_eq!(
        large
            .map(|(path, length)| format!("{path} {length}"))
            .collect::<Vec<_>>(),
        Vec::<String>::new()
    );
}

#[test]
fn a_release_gives_the_digest_and_no_file_does() {
    let files = every().into_iter().flat_map(|out| &out.rendered.files);
    let parameters = files.filter(|(path, _)| path.ends_with("parameters.json"));
    assert_eq!(parameters.filter(|(_, text)| text.contains("ImageDigest")).count(), 0);
}

#[test]
fn every_parameter_without_a_default_is_given() {
    let missing = every()
        .into_iter()
        .flat_map(|out| out.rendered.stacks.iter().map(move |stack| (out, stack)));
    let missing = missing.flat_map(|(out, stack)| {
        let template = &out.templates[&format!("{}/{}", stack.environment, stack.stack)];
        let given = &out.rendered.files[&stack.parameters];
        let parameters = template["Parameters"].as_object().into_iter().flatten();
        let asked = parameters
            .filter(|(_, parameter)| parameter.get("Default").is_none())
            .map(|(name, _)| name);
        asked
            .filter(|name| !given.contains(&format!("\"{name}\"")))
            .collect::<Vec<_>>()
    });
    assert_eq!(missing.collect::<Vec<_>>(), Vec::<&String>::new());
}

/// Each stack takes only from those that stand before it.
#[test]
fn every_stack_is_deployable_after_those_before_it() {
    for out in every() {
        let mut there: Vec<&str> = Vec::new();
        let mut exported: Vec<&str> = Vec::new();
        for stack in &out.rendered.stacks {
            let absent = stack.depends_on.iter().filter(|name| !there.contains(&name.as_str()));
            assert_eq!(absent.count(), 0, "{}", stack.stack_name);
            let template = &out.templates[&format!("{}/{}", stack.environment, stack.stack)];
            let imports = imports(template).into_iter().filter(|name| !exported.contains(name));
            assert_eq!(imports.collect::<Vec<_>>(), Vec::<&str>::new(), "{}", stack.stack_name);
            there.push(&stack.stack_name);
            let outputs = template["Outputs"].as_object().into_iter().flatten();
            exported.extend(outputs.filter_map(|(_, output)| output["Export"]["Name"].as_str()));
        }
    }
}

/// The exports that a template takes, by their names.
fn imports(json: &serde_json::Value) -> Vec<&str> {
    match json {
        serde_json::Value::Object(map) => {
            let own = map.get("Fn::ImportValue").and_then(serde_json::Value::as_str);
            own.into_iter().chain(map.values().flat_map(imports)).collect()
        }
        serde_json::Value::Array(items) => items.iter().flat_map(imports).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn what_can_be_tagged_says_whose_it_is() {
    let tagged = everywhere().filter_map(|(id, resource)| Some((id, resource["Properties"]["Tags"].as_array()?)));
    let keys = |tags: &[serde_json::Value]| {
        tags.iter()
            .map(|tag| tag["Key"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let bad = tagged.filter(|(_, tags)| {
        !keys(tags).ends_with(&["system", "environment", "stack", "managed-by"].map(str::to_owned))
    });
    assert_eq!(bad.map(|(id, _)| id).collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn every_template_says_what_it_is() {
    let described = |template: &serde_json::Value| template["Description"].as_str().is_some_and(|text| text.len() > 20);
    assert!(every().iter().all(|out| out.templates.values().all(described)));
}

fn workflow(name: &str) -> &'static str {
    S0.workflow(name)
}

#[test]
fn s0_10_a_push_to_main_releases() {
    let release = workflow("release");
    assert!(release.contains("push:") && release.contains("main"), "{release}");
}

#[test]
fn the_system_of_this_repository_has_its_workflows_at_the_top() {
    let paths = S0.rendered.files.keys().filter(|path| path.contains("workflows/"));
    assert!(paths.into_iter().all(|path| path.starts_with(".github/workflows/")));
}

#[test]
fn the_system_of_another_repository_has_its_workflows_in_its_folder() {
    let mut system = synth::systems::predict_api();
    system.pipeline.repository = Repository::Foreign;
    let rendered = crate::alone::render(&system);
    let paths: Vec<_> = rendered
        .files
        .keys()
        .filter(|path| path.contains("workflows/"))
        .collect();
    assert!(
        !paths.is_empty() && paths.iter().all(|path| path.starts_with("out/predict-api/.github/")),
        "{paths:?}"
    );
}

#[test]
fn nothing_is_found_by_the_checks() {
    let found = every().into_iter().flat_map(|out| &out.rendered.findings);
    let found: Vec<_> = found
        .map(|finding| format!("{}: {}", finding.file, finding.message))
        .collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn the_longest_names_and_all_that_a_system_can_have_fit_too() {
    let name = Name::new("twenty-characters-it");
    let mut system = synth::systems::predict_api();
    system.name = name.clone();
    let prod = system.environments.last_mut().unwrap();
    prod.name = name;
    prod.network_mut().egress = Egress::Endpoints;
    prod.strategy = Strategy::BlueGreen {
        by: BlueGreenBy::CodeDeploy,
        shift: Shift::AllAtOnce,
        bake: Minutes(5),
    };
    let rendered = crate::alone::render(&system);
    let errors = rendered.findings.iter().filter(|finding| finding.level == Level::Error);
    let errors: Vec<_> = errors
        .map(|finding| format!("{}: {}", finding.file, finding.message))
        .collect();
    assert_eq!(errors, Vec::<String>::new());
}

/// The line of each stack of an environment in `deploy.sh`.
fn scripted(out: &super::Out, environment: &str) -> Vec<String> {
    let script = &out.rendered.files["out/predict-api/deploy.sh"];
    let prefix = format!("    \"$1\" predict-api-{environment}-");
    let lines = script.lines().filter_map(|line| line.strip_prefix(&prefix));
    lines.map(str::to_owned).collect()
}

#[test]
fn the_script_deploys_every_stack_in_order_with_its_role_and_its_parameters() {
    let said = scripted(&S0, "dev").join("\n");
    insta::assert_snapshot!(said, @"
    bootstrap dev/bootstrap.template.json - CAPABILITY_NAMED_IAM
    permissions dev/permissions.template.json - CAPABILITY_NAMED_IAM
    network dev/network.template.json arn:aws:iam::111122223333:role/predict-api-dev-cloudformation CAPABILITY_IAM
    service dev/service.template.json arn:aws:iam::111122223333:role/predict-api-dev-cloudformation CAPABILITY_IAM
    observability dev/observability.template.json arn:aws:iam::111122223333:role/predict-api-dev-cloudformation - NotificationEmail=platform@example.com
    ");
}

#[test]
fn the_script_moves_traffic_through_codedeploy_only_where_it_does_that() {
    let by = |by| {
        let out = super::with_prod(|prod| {
            prod.strategy = Strategy::BlueGreen {
                by,
                shift: Shift::AllAtOnce,
                bake: Minutes(5),
            }
        });
        let script = &out.rendered.files["out/predict-api/deploy.sh"];
        (
            script.contains("code_deploy='predict-api-prod'"),
            script.contains("aws deploy create-deployment"),
        )
    };
    assert_eq!(
        (by(BlueGreenBy::CodeDeploy), by(BlueGreenBy::Ecs)),
        ((true, true), (false, false))
    );
}
