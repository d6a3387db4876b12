//! The README of the repository and the page of rules say what is so.

use std::path::Path;

use synth::model::{Cidr, Entry, Kubernetes, Monitoring, Name, Platform, Systems};
use synth::systems;

use crate::readme::{ROOT, links};

fn top() -> String {
    std::fs::read_to_string(format!("{ROOT}/README.md")).expect("the repository has a README")
}

/// What `sed` makes of a file with the replacements of the recipe for an own system, each of which has something to do.
fn by_the_recipe(source: &str) -> String {
    let top = top();
    let (_, recipe) = top.split_once("sed '").expect("there is a recipe");
    let (script, rest) = recipe.split_once('\'').expect("the recipe ends");
    assert!(rest.contains("synth/src/systems/predict_api.rs > synth/src/systems/quotes.rs"));
    let replacements = script.split([';', '\n']).map(str::trim);
    replacements.fold(source.to_owned(), |text, replacement| {
        let [_, from, to, _] = replacement.split('/').collect::<Vec<_>>()[..] else {
            panic!("{replacement} is no replacement");
        };
        assert!(text.contains(from), "nothing has {from}");
        let to = to.replace("\\&", "&");
        text.lines().map(|line| line.replacen(from, &to, 1) + "\n").collect()
    })
}

#[test]
fn every_path_that_the_repositorys_own_names_is_there() {
    let top = top();
    let named = top.split('`').skip(1).step_by(2);
    let lost: Vec<&str> = named
        .filter(|path| {
            ["synth/", "app/", "templates/"]
                .iter()
                .any(|start| path.starts_with(start))
        })
        .filter(|path| !path.contains(['<', '*', ' ']) && !Path::new(ROOT).join(path).exists())
        .collect();
    assert_eq!(lost, Vec::<&str>::new());
}

#[test]
fn every_link_of_the_repositorys_own_leads_to_a_file() {
    let top = top();
    let lost: Vec<&str> = links(&top)
        .filter(|link| !Path::new(ROOT).join(link).exists())
        .collect();
    assert_eq!(lost, Vec::<&str>::new());
}

#[test]
fn the_repositorys_own_shows_what_the_commands_print() {
    let top = top();
    let systems = systems::all().expect("the systems are possible");
    for command in ["list", "explain endless-job"] {
        let arguments = std::iter::once("synth").chain(command.split(' ')).map(Into::into);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        assert_eq!(synth::cli::run(&systems, arguments, &mut out, &mut err), 0);
        let out = String::from_utf8(out).expect("it prints text");
        let shown = format!("$ cargo run -p synth -- {command}\n{}\n```", out.trim_end());
        assert!(
            top.contains(&shown),
            "README.md shows something else than {command}:\n{out}"
        );
    }
}

/// The lines of the recipe are those of a system that is compiled, and make one of another that is on Fargate.
#[test]
fn the_recipe_for_kubernetes_makes_a_system_that_the_checks_say_nothing_of() {
    let top = top();
    let (_, recipe) = top.split_once("### On Kubernetes\n").expect("there is a recipe");
    let lines = recipe
        .split("```rust\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let source = std::fs::read_to_string(format!("{ROOT}/synth/src/systems/predictor.rs")).unwrap();
    for line in lines.expect("it has lines").lines() {
        assert!(source.contains(line), "predictor.rs has no {line}");
    }
    let mut system = systems::predict_api();
    system.platform = Platform::Kubernetes(Kubernetes::eks());
    system.monitoring = Monitoring::of_pods();
    let rendered = crate::alone::render(&system);
    assert_eq!(rendered.findings, Vec::new());
    assert!(
        rendered
            .files
            .contains_key("out/predict-api/prod/k8s/65-deployment.yaml")
    );
}

#[test]
fn the_repositorys_own_shows_the_version() {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let none = Systems::new(Vec::new()).expect("nothing is wrong with nothing");
    let arguments = ["synth", "--version"].map(Into::into);
    assert_eq!(synth::cli::run(&none, arguments, &mut out, &mut err), 0);
    let out = String::from_utf8(out).expect("it prints text");
    assert!(
        top().contains(&format!("$ synth --version\n{out}```")),
        "README.md shows something else:\n{out}"
    );
}

#[test]
fn the_repositorys_own_shows_what_validate_says_of_the_example() {
    let file = format!("{ROOT}/synth/tests/it/cli/shop.yaml");
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = ["synth", "validate", &file].map(Into::into);
    let none = Systems::new(Vec::new()).expect("nothing is wrong with nothing");
    assert_eq!(synth::cli::run(&none, arguments, &mut out, &mut err), 1);
    let out = String::from_utf8(out)
        .expect("it prints text")
        .replace(&format!("{ROOT}/"), "");
    assert!(top().contains(out.trim_end()), "README.md shows something else:\n{out}");
}

#[test]
fn the_repositorys_own_shows_what_validate_says_of_both_languages() {
    let folder = format!("{ROOT}/synth/tests/it/cli/orders/");
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = ["synth", "validate", "--only", "across", &folder].map(Into::into);
    let none = Systems::new(Vec::new()).expect("nothing is wrong with nothing");
    assert_eq!(synth::cli::run(&none, arguments, &mut out, &mut err), 0);
    let out = String::from_utf8(out)
        .expect("it prints text")
        .replace(&format!("{ROOT}/"), "");
    assert!(top().contains(out.trim_end()), "README.md shows something else:\n{out}");
}

#[test]
fn the_page_of_rules_is_what_explain_prints() {
    let page = std::fs::read_to_string(format!("{ROOT}/synth/RULES.md")).expect("there is a page");
    assert!(
        page == synth::checks::show::page(),
        "a rule has changed: cargo run -p synth -- explain --format markdown > synth/RULES.md"
    );
}

#[test]
fn the_recipe_for_an_own_system_changes_all_that_two_systems_cannot_share() {
    let source = std::fs::read_to_string(format!("{ROOT}/synth/src/systems/predict_api.rs")).unwrap();
    let copy = by_the_recipe(&source);
    let changed = source
        .lines()
        .zip(copy.lines())
        .filter(|(before, after)| before != after);
    let changed: Vec<&str> = changed.map(|(_, after)| after.trim()).collect();
    insta::assert_snapshot!(changed.join("\n"), @r#"
    pub fn quotes() -> System {
    &account.clone().with_existing_provider(),
    Cidr::ten(70),
    ..Environment::production("prod", &account.clone().with_existing_provider(), Cidr::ten(80), "quotes")
    ..System::new("quotes", summary, owner, service, pipeline)
    "#);
}

/// The system that the recipe makes, beside the others. It differs from the one that it is copied from in this alone.
#[test]
fn a_system_by_the_recipe_is_possible_beside_the_others() {
    let mut quotes = systems::predict_api();
    quotes.name = Name::new("quotes");
    for (environment, block) in quotes.environments.iter_mut().zip([70, 80]) {
        environment.network_mut().cidr = Cidr::ten(block);
        *environment.account_mut() = environment.account().clone().with_existing_provider();
    }
    quotes.environments[1].entry = Entry::Https { host: "quotes".into() };
    let all = Systems::new(vec![
        systems::predict_api(),
        systems::predictor(),
        systems::cars_api(),
        quotes,
    ]);
    assert_eq!(all.map_err(|errors| errors.to_string()).map(|_| ()), Ok(()));
}
