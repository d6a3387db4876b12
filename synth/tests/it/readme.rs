//! The README of a system tells everything that is rendered.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value as Json;
use synth::model::{
    BlueGreenBy, Capacity, Checker, Cidr, Egress, Entry, Minutes, Name, Override, Percent, Repository, Shift, Strategy,
    System, Systems, Waiver,
};
use synth::{Rendered, systems};

fn system() -> System {
    systems::predict_api()
}

fn rendered(system: &System) -> Rendered {
    crate::alone::render(system)
}

fn readme(system: &System) -> String {
    let path = format!("out/{}/README.md", system.name);
    rendered(system).files.remove(&path).expect("there is a README")
}

/// The resources of all stacks: logical id and resource.
fn resources(rendered: &Rendered) -> Vec<(String, Json)> {
    let templates = rendered.stacks.iter().map(|stack| &rendered.files[&stack.template]);
    let templates = templates.map(|text| serde_json::from_str::<Json>(text).expect("a template is JSON"));
    let resources = templates.flat_map(|template| template["Resources"].as_object().cloned().unwrap_or_default());
    resources.collect()
}

/// What the README does not tell, of what it should.
fn untold(readme: &str, what: impl IntoIterator<Item = String>) -> Vec<String> {
    what.into_iter().filter(|text| !readme.contains(text)).collect()
}

/// Another page.
fn page(name: &str) -> String {
    let mut rendered = rendered(&system());
    let path = format!("out/predict-api/{name}.md");
    rendered.files.remove(&path).expect("there is a page")
}

#[test]
fn every_template_is_linked() {
    let rendered = rendered(&system());
    let what = rendered.stacks.iter().map(|stack| {
        let link = stack.template.trim_start_matches("out/predict-api/");
        format!("[{}]({link})", stack.environment)
    });
    assert_eq!(untold(&readme(&system()), what), Vec::<String>::new());
}

#[test]
fn every_stack_stands_in_the_page_of_stacks_with_its_template() {
    let rendered = rendered(&system());
    let what = rendered.stacks.iter().map(|stack| {
        let link = stack.template.trim_start_matches("out/predict-api/");
        format!("[`{}`]({link})", stack.stack_name)
    });
    assert_eq!(untold(&page("STACKS"), what), Vec::<String>::new());
}

#[test]
fn every_parameter_stands_in_the_page_of_stacks_once_for_each_environment() {
    let rendered = rendered(&system());
    let mut wanted: BTreeMap<String, usize> = BTreeMap::new();
    for stack in &rendered.stacks {
        let template: Json = serde_json::from_str(&rendered.files[&stack.template]).expect("a template is JSON");
        for name in template["Parameters"]
            .as_object()
            .into_iter()
            .flat_map(|all| all.keys())
        {
            *wanted.entry(format!("| `{name}` | `{}` |", stack.stack)).or_default() += 1;
        }
    }
    let page = page("STACKS");
    wanted.retain(|row, times| page.matches(row.as_str()).count() != *times);
    assert_eq!(wanted, BTreeMap::new());
}

#[test]
fn every_stack_has_a_command_that_deploys_it_by_hand() {
    let rendered = rendered(&system());
    let what = rendered.stacks.iter().map(|stack| {
        format!(
            "--stack-name {} \\\n  --template-file {}",
            stack.stack_name, stack.template
        )
    });
    assert_eq!(untold(&page("DEPLOYMENT"), what), Vec::<String>::new());
}

#[test]
fn every_resource_stands_in_the_page_of_stacks() {
    let resources = resources(&rendered(&system()));
    let what = resources
        .iter()
        .map(|(id, resource)| format!("| `{id}` | `{}` |", resource["Type"].as_str().unwrap_or_default()));
    assert_eq!(untold(&page("STACKS"), what), Vec::<String>::new());
}

#[test]
fn every_alarm_stands_in_it() {
    let resources = resources(&rendered(&system()));
    let alarms = resources
        .iter()
        .filter(|(_, resource)| resource["Type"] == "AWS::CloudWatch::Alarm");
    let what = alarms.map(|(_, alarm)| {
        let name = alarm["Properties"]["AlarmName"].as_str().unwrap_or_default();
        let name = name
            .trim_start_matches("predict-api-dev-")
            .trim_start_matches("predict-api-prod-");
        format!("| `{name}` |")
    });
    assert_eq!(untold(&readme(&system()), what), Vec::<String>::new());
}

#[test]
fn every_role_and_every_statement_stands_in_the_page_of_permissions() {
    let rendered = rendered(&system());
    let resources = resources(&rendered);
    let mut what = Vec::new();
    for (id, resource) in &resources {
        let properties = &resource["Properties"];
        let documents = match resource["Type"].as_str() {
            Some("AWS::IAM::Role") => {
                what.push(format!("### `{}` in", properties["RoleName"].as_str().unwrap_or(id)));
                let policies = properties["Policies"].as_array().cloned().unwrap_or_default();
                policies.iter().map(|policy| policy["PolicyDocument"].clone()).collect()
            }
            Some("AWS::IAM::ManagedPolicy") => vec![properties["PolicyDocument"].clone()],
            _ => vec![],
        };
        for statement in documents
            .iter()
            .flat_map(|document| document["Statement"].as_array().into_iter().flatten())
        {
            what.push(format!("| `{}` |", statement["Sid"].as_str().unwrap_or_default()));
        }
    }
    assert!(what.len() > 20, "the system has roles with statements");
    let page = &rendered.files["out/predict-api/PERMISSIONS.md"];
    assert_eq!(untold(page, what), Vec::<String>::new());
}

#[test]
fn every_workflow_stands_in_it() {
    let rendered = rendered(&system());
    let files = rendered.files.keys().filter(|path| path.starts_with(".github/"));
    let what = files.map(|path| format!("(../../{path})"));
    assert_eq!(untold(&readme(&system()), what), Vec::<String>::new());
}

#[test]
fn what_is_still_the_examples_is_said_first() {
    let rendered = rendered(&system());
    let page = page("DEPLOYMENT");
    let (before, _) = page.split_once("## 2.").expect("the first deployment has steps");
    assert_eq!(untold(before, rendered.notices), Vec::<String>::new());
}

#[test]
fn one_number_of_the_model_changes_only_the_lines_that_tell_it() {
    let before = readme(&system());
    let mut changed = system();
    changed.environments[1].capacity = Capacity::Scaling {
        min: 2,
        max: 12,
        cpu: Percent::of::<60>(),
        memory: Percent::of::<70>(),
    };
    let after = readme(&changed);
    let lines = before
        .lines()
        .zip(after.lines())
        .filter(|(before, after)| before != after);
    let lines: Vec<&str> = lines.map(|(_, after)| after.trim()).collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    service["ECS service on Fargate<br/>2 to 12 tasks of<br/>0.5 vCPU, 1 GiB"]
    | Tasks | 2 | 2 to 12, aiming at 60 % CPU and 70 % memory |
    | `predict-api-prod-service` | `Service` | `DesiredCount` | 12 | scaling chooses how many tasks run |
    "#);
}

#[test]
fn overrides_and_waivers_stand_in_it_with_their_reasons() {
    let mut system = system();
    let dev = system.environments[0].name.clone();
    system.overrides = vec![(
        Some(dev),
        "service",
        Override::set(
            "Service",
            "PropagateTags",
            "SERVICE".into(),
            "somebody looks into the tasks this week",
        ),
    )];
    system.waivers = vec![Waiver {
        stack: "service",
        resource: "Cluster".into(),
        checker: Checker::Checkov,
        rule: "CKV_AWS_224".into(),
        reason: "nobody runs commands in it".into(),
    }];
    let readme = readme(&system);
    let (_, exceptions) = readme.split_once("## Exceptions\n").expect("there is a section");
    let lines: Vec<&str> = exceptions.lines().filter(|line| line.contains("`service`")).collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    | `service` in dev | `Service.PropagateTags` | `"SERVICE"` | somebody looks into the tasks this week |
    | `Cluster` of `service` in dev and prod | checkov | `CKV_AWS_224` | nobody runs commands in it |
    | `HttpListener` of `service` in dev | checkov | `CKV_AWS_2` | dev has no domain and serves only test data |
    | `HttpListener` of `service` in dev | checkov | `CKV_AWS_103` | dev has no domain and serves only test data |
    "#);
}

#[test]
fn another_system_tells_its_own_ways() {
    let mut system = system();
    system.name = Name::new("cars-api");
    system.pipeline.repository = Repository::Foreign;
    system.environments.truncate(1);
    let environment = &mut system.environments[0];
    environment.network.egress = Egress::Endpoints;
    environment.entry = Entry::Https { host: "cars".into() };
    environment.strategy = Strategy::BlueGreen {
        by: BlueGreenBy::Ecs,
        shift: Shift::Canary {
            first: Percent::of::<10>(),
            bake: Minutes(5),
        },
        bake: Minutes(1),
    };
    let readme = readme(&system);
    assert!(!readme.contains("predict-api"), "nothing of the other system is in it");
    let (_, table) = readme.split_once("and in nothing else:\n").expect("there is a table");
    let table = table.split("\n\n").find(|paragraph| paragraph.contains("| Address |"));
    insta::assert_snapshot!(table.expect("there is a table").trim(), @"
    | | dev |
    | --- | --- |
    | Address | https://cars.example.com |
    | Network | 10.10.0.0/16, 2 zones |
    | Way out of it | 3 interface endpoints, no internet |
    | Firewall | none |
    | Size of a task | 0.25 vCPU, 0.5 GiB |
    | Tasks | 2 |
    | A new version | blue/green by ECS: 10 % of the traffic first, the rest after 5 minutes; the old version stays for 1 minute |
    | Release | by itself |
    | Logs are kept for | 30 days |
    | When it is deleted | it goes, but for the registry and the access logs |
    ");
}

#[test]
fn no_value_is_missing_and_no_line_is_torn() {
    let files = crate::pages::all();
    let mut torn: Vec<(&String, &str)> = Vec::new();
    for (path, page) in files {
        let lines = page.lines();
        torn.extend(
            lines
                .filter(|line| line.starts_with('|') && !line.ends_with('|') || line.ends_with(' '))
                .map(|line| (path, line)),
        );
        torn.extend(page.contains("\n\n\n").then_some((path, "there is a gap")));
    }
    assert_eq!(torn, vec![]);
}

/// The folder of the repository.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

fn top() -> String {
    std::fs::read_to_string(format!("{ROOT}/README.md")).expect("the repository has a README")
}

/// The relative links of a text, without the part after `#`.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let targets = targets.filter_map(|target| target.split('#').next());
    targets.filter(|target| !target.is_empty() && !target.contains("://"))
}

#[test]
fn every_link_of_a_page_leads_to_a_file() {
    let files = rendered(&system()).files;
    let pages = files.iter().filter(|(path, _)| path.strip_suffix(".md").is_some());
    let lost: Vec<&str> = pages
        .flat_map(|(_, page)| links(page))
        .filter(|link| match link.strip_prefix("../../") {
            Some(path) => !files.contains_key(path) && !Path::new(ROOT).join(path).exists(),
            None => !files.contains_key(&format!("out/predict-api/{link}")),
        })
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
    Cidr::ten(50),
    ..Environment::production("prod", &account.clone().with_existing_provider(), Cidr::ten(60), "quotes")
    ..System::new("quotes", summary, owner, service, pipeline)
    "#);
}

/// The system that the recipe makes, beside the others. It differs from the one that it is copied from in this alone.
#[test]
fn a_system_by_the_recipe_is_possible_beside_the_others() {
    let mut quotes = systems::predict_api();
    quotes.name = Name::new("quotes");
    for (environment, block) in quotes.environments.iter_mut().zip([50, 60]) {
        environment.network.cidr = Cidr::ten(block);
        environment.account = environment.account.clone().with_existing_provider();
    }
    quotes.environments[1].entry = Entry::Https { host: "quotes".into() };
    let all = Systems::new(vec![systems::predict_api(), systems::cars_api(), quotes]);
    assert_eq!(all.map_err(|errors| errors.to_string()).map(|_| ()), Ok(()));
}

#[test]
fn the_page_of_rules_is_what_explain_prints() {
    let page = std::fs::read_to_string(format!("{ROOT}/synth/RULES.md")).expect("there is a page");
    assert!(
        page == synth::checks::show::page(),
        "a rule has changed: cargo run -p synth -- explain --format markdown > synth/RULES.md"
    );
}
