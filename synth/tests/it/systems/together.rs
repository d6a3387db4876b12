//! Several systems in one repository: their names there are their own, and nothing overwrites anything.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use synth::Rendered;
use synth::systems::all;

/// Each system of this repository by its name.
static ALL: LazyLock<BTreeMap<String, Rendered>> = LazyLock::new(|| {
    let systems = all().unwrap();
    let rendered = systems
        .each()
        .map(|system| (system.name.to_string(), synth::render(system).unwrap()));
    rendered.collect()
});

fn workflows(system: &str) -> impl Iterator<Item = (&str, &str)> {
    let files = ALL[system].files.iter();
    files.filter_map(|(path, text)| Some((path.strip_prefix(".github/workflows/")?, text.as_str())))
}

/// The values that stand after a key in the workflows of a system.
fn values<'a>(system: &'a str, key: &'a str) -> BTreeSet<&'a str> {
    let lines = workflows(system).flat_map(|(_, text)| text.lines());
    lines.filter_map(|line| line.trim_start().strip_prefix(key)).collect()
}

#[test]
fn workflow_files_begin_with_the_name_of_their_system() {
    // The one of a system on machines has a name that is asked for: `two_systems_on_machines_are_told_apart`.
    for system in ALL.keys().filter(|name| *name != "fastapi-devops") {
        let names: Vec<&str> = workflows(system).map(|(name, _)| name).collect();
        assert!(
            names.len() >= 4 && names.iter().all(|name| name.starts_with(&format!("{system}-"))),
            "{names:?}"
        );
    }
}

#[test]
fn no_file_is_rendered_by_two_systems() {
    let mut seen = BTreeSet::new();
    let twice: Vec<_> = ALL
        .values()
        .flat_map(|one| one.files.keys())
        .filter(|path| !seen.insert(*path))
        .collect();
    assert_eq!(twice, Vec::<&String>::new());
}

#[test]
fn environments_on_github_begin_with_the_name_of_their_system() {
    let jobs = workflows("predict-api").flat_map(|(_, text)| text.lines());
    let names: BTreeSet<&str> = jobs.filter_map(|line| line.strip_prefix("    environment: ")).collect();
    assert_eq!(names, BTreeSet::from(["predict-api-${{ inputs.environment }}"]));
}

#[test]
fn no_group_is_shared_by_two_systems() {
    let [predict, cars] = ["predict-api", "cars-api"].map(|system| values(system, "group: "));
    assert!(predict.is_disjoint(&cars) && predict.len() > 4, "{predict:?} {cars:?}");
}

#[test]
fn deploy_roles_trust_the_environment_of_their_own_system() {
    let bootstrap = &ALL["cars-api"].files["out/cars-api/prod/bootstrap.template.json"];
    let subject = bootstrap.lines().find(|line| line.contains(":environment:")).unwrap();
    insta::assert_snapshot!(subject.trim().trim_end_matches(','), @r#""token.actions.githubusercontent.com:sub": "repo:example-org@1001/synth@2002:environment:cars-api-prod""#);
}

#[test]
fn what_is_verified_and_waited_for_is_of_the_systems_own_workflows() {
    let of = |system| values(system, "WORKFLOW: ");
    let predict = ["predict-api-infra.yml", "predict-api-release.yml"];
    assert_eq!(of("predict-api"), predict.into());
    assert_eq!(of("cars-api"), ["cars-api-ci-cd.yml", "cars-api-infra.yml"].into());
}

/// Whatever a README, a script or a workflow says of a workflow's file is true of this repository.
#[test]
fn every_workflow_that_a_text_names_is_there() {
    for (system, rendered) in &*ALL {
        let there: Vec<&str> = workflows(system).map(|(name, _)| name).collect();
        let ending = |text: &str, ending: &str| text.rsplit('.').next() == Some(ending);
        let texts = rendered.files.iter().filter(|(path, _)| !ending(path, "json"));
        let words = texts.flat_map(|(path, text)| {
            let word = |c: char| !(c.is_ascii_alphanumeric() || "./-_".contains(c));
            text.split(word).map(move |word| (path, word))
        });
        // What is told to Prometheus and Alertmanager is no workflow.
        let told = ["prometheus.yml", "alertmanager.yml", "rules.yml"];
        let named = words.filter(|(_, word)| ending(word, "yml") && !told.iter().any(|file| word.ends_with(file)));
        let lost: BTreeSet<_> = named
            .filter(|(_, word)| !there.contains(&word.rsplit('/').next().unwrap_or(word)))
            .collect();
        assert_eq!(lost, BTreeSet::new(), "{system}");
    }
}

/// A name that stands alone in backquotes is a workflow's if one of a system alone in its repository would have it.
#[test]
fn a_page_calls_no_workflow_by_the_name_that_it_has_elsewhere() {
    let alone = ["ci", "ci-cd", "drift", "infra", "release", "rollback"];
    for (system, rendered) in &*ALL {
        let pages = rendered
            .files
            .iter()
            .filter(|(path, _)| path.strip_suffix(".md").is_some());
        let pages: String = pages.map(|(_, text)| text.as_str()).collect();
        let is_there = |name: &str| workflows(system).any(|(file, _)| file.split('.').next() == Some(name));
        let found: Vec<_> = alone
            .iter()
            .filter(|name| !is_there(name) && pages.contains(&format!("`{name}`")))
            .collect();
        assert_eq!(found, Vec::<&&str>::new(), "{system}");
    }
}

/// The commands that protect environments make those that the workflows name.
#[test]
fn the_commands_make_the_environments_that_the_workflows_name() {
    for (system, rendered) in &*ALL {
        let page = &rendered.files[&format!("out/{system}/DEPLOYMENT.md")];
        let environments: BTreeSet<&str> = rendered.stacks.iter().map(|stack| stack.environment.as_str()).collect();
        for environment in environments {
            let made = format!("repos/example-org/synth/environments/{system}-{environment} ");
            assert!(page.contains(&made), "{made}");
        }
    }
}

/// Who starts with the second system in an empty account finds no provider, and is told why.
#[test]
fn the_page_names_the_system_that_makes_the_identity_provider_of_the_account() {
    let told = |system: &str| ALL[system].files[&format!("out/{system}/DEPLOYMENT.md")].clone();
    assert!(told("cars-api").contains("is made by the stacks of `predict-api`: make those first."));
    assert!(!told("predict-api").contains("make those first"));
}
