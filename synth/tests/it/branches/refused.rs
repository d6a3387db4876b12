//! What a pipeline of machines cannot be, and what it is beside other systems.

use insta::assert_snapshot;
use synth::model::{CloudProject, Development, Files, Name, Platform, Scrutiny, System, Systems};
use synth::systems::{fastapi_devops, healthcare_api, predict_api};

/// What is wrong with S4 once its pipeline is changed.
fn verdict(change: impl FnOnce(&mut System)) -> String {
    let mut system = fastapi_devops();
    change(&mut system);
    crate::alone::verdict(system)
}

#[test]
fn several_files_are_refused() {
    assert_snapshot!(verdict(|it| it.pipeline.files = Files::Several), @"Pipeline.files: `Several` are not what machines have; say `Files::One`: a commit's whole way stands in `ci-cd.yaml`");
}

#[test]
fn a_branch_that_leads_nowhere_is_refused() {
    assert_snapshot!(verdict(|it| it.pipeline.development = Some(Development { branch: "develop".into(), dockerfile: None })), @"Pipeline.development: `develop` leads to no environment; make it the branch of a Namespace");
}

#[test]
fn a_trial_is_refused() {
    let Scrutiny::Thorough(trial) = healthcare_api().pipeline.scrutiny else {
        panic!("S3 is tried")
    };
    assert_snapshot!(verdict(|it| it.pipeline.scrutiny = Scrutiny::Thorough(trial)), @"Pipeline.scrutiny: `Thorough` is not rendered for machines; say `Scrutiny::Usual`");
}

#[test]
fn two_systems_on_machines_in_one_repository_are_refused() {
    let mut second = System {
        name: Name::new("other"),
        ..fastapi_devops()
    };
    let Platform::Machines(machines) = &mut second.platform else {
        panic!("it runs on machines");
    };
    machines.cloud.project = CloudProject::new("other-project");
    let errors = Systems::new(vec![fastapi_devops(), second]).unwrap_err();
    let lines: Vec<_> = errors.iter().map(ToString::to_string).collect();
    assert_snapshot!(lines.join("\n"), @"System.platform: `other` would have the same workflow file as another system of the repository; give it a repository of its own: `fastapi-devops` has `.github/workflows/ci-cd.yaml` in this one");
}

#[test]
fn beside_another_system_its_environments_have_its_name_before_theirs() {
    let systems = Systems::new(vec![predict_api(), fastapi_devops()]).unwrap();
    let rendered = synth::render(systems.named("fastapi-devops").unwrap()).unwrap();
    let text = &rendered.files[".github/workflows/ci-cd.yaml"];
    assert!(text.contains("    environment: fastapi-devops-docker_hub\n"));
    assert!(text.contains("'refs/heads/main' && 'fastapi-devops-prod'"));
    // The namespace has not.
    assert!(text.contains("NAMESPACE: ${{ github.ref == 'refs/heads/prasanna' && 'dev' ||"));
}
