//! The README of a system tells everything that is rendered.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use synth::model::{
    BlueGreenBy, Capacity, Checker, Egress, Entry, Minutes, Name, Override, Percent, Repository, Shift, Stack,
    Strategy, System, Waiver,
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
    changed.environments[1].scale.capacity = Capacity::Scaling {
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
    | Scaling | 2 to 12 tasks in prod, by CPU and memory |
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
        Stack::Service,
        Override::set(
            "Service",
            "PropagateTags",
            "SERVICE".into(),
            "somebody looks into the tasks this week",
        ),
    )];
    system.waivers = vec![Waiver {
        stack: Stack::Service,
        resource: "Cluster".into(),
        checker: Checker::Checkov,
        rule: "CKV_AWS_224".into(),
        reason: "nobody runs commands in it".into(),
    }];
    let exceptions = &rendered(&system).files["out/predict-api/EXCEPTIONS.md"];
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
    environment.network_mut().egress = Egress::Endpoints;
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
pub(crate) const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The relative links of a text, without the part after `#`.
pub(crate) fn links(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let targets = targets.filter_map(|target| target.split('#').next());
    targets.filter(|target| !target.is_empty() && !target.contains("://"))
}
