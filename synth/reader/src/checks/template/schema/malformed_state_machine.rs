use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::known::Sure;
use crate::read::template::shape::is_open;
use crate::read::template::{Resource, Template, known};
use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use crate::read::Node;

pub(super) const RULE: Rule = Rule {
    name: "malformed-state-machine",
    why: "Step Functions refuses a definition that is not JSON, has no states, or goes on to states that do not exist.",
    link: "https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/machine
      Definition: {StartAt: Wait, States: {Wait: {Type: Wait, Seconds: 5}}}
",
    instead: r"
Resources:
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/machine
      Definition: {StartAt: Wait, States: {Wait: {Type: Wait, Seconds: 5, End: true}}}
",
    check,
};

/// Each type with whether it goes on to another state, or ends.
const TYPES: [(&str, bool); 8] = [
    ("Task", true),
    ("Parallel", true),
    ("Map", true),
    ("Pass", true),
    ("Wait", true),
    ("Choice", false),
    ("Succeed", false),
    ("Fail", false),
];

/// Machines in machines end at this depth; the reader does not go deeper either.
const MOST_DEPTH: usize = 32;

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, machine) in set.of("AWS::StepFunctions::StateMachine") {
        let Some((node, definition, sure)) = definition(template, machine, report) else {
            continue;
        };
        let mut said = Vec::new();
        states(&definition, 0, &mut said);
        for (path, message) in said {
            // A definition that is written out has places of its own.
            let place = node.at_path(&path).unwrap_or(node);
            report.value(place, message).sure(sure);
        }
    }
}

type Path = Vec<crate::read::Step>;

/// The definition with what is not known as text; none if a part is not known that makes it what it is.
fn definition<'a>(
    template: &Template<'a>,
    machine: &Resource<'a>,
    report: &mut Report<'a>,
) -> Option<(&'a Node, Json, Sure)> {
    if let Some(node) = machine.property("Definition") {
        return node.map().is_some().then(|| (node, node.to_value(), Sure::Written));
    }
    let node = machine.property("DefinitionString")?;
    let shape = known::shape(template, node)?;
    if shape.is_open() && shape.start().trim_start().is_empty() {
        return None;
    }
    match serde_json::from_str(&shape.to_string()) {
        Ok(Json::Object(map)) => Some((node, Json::Object(map), shape.sure)),
        Ok(_) => {
            report.value(node, "a definition of states is a map").sure(shape.sure);
            None
        }
        // What is put in at deployment may be what is not JSON here, such as a number.
        Err(_) if shape.is_open() => None,
        Err(error) => {
            report
                .value(node, format!("the definition of states is not JSON: {error}"))
                .sure(shape.sure);
            None
        }
    }
}

fn states(machine: &Json, depth: usize, said: &mut Vec<(Path, String)>) {
    let Some(map) = machine.as_object().filter(|map| depth < MOST_DEPTH && !generated(map)) else {
        return;
    };
    let Some(states) = map.get("States").and_then(Json::as_object) else {
        said.push((Vec::new(), "a definition needs `States`".to_owned()));
        return;
    };
    if generated(states) {
        return;
    }
    let mut reached = BTreeSet::new();
    match map.get("StartAt") {
        Some(Json::String(name)) => {
            goes_to(name, states, &["StartAt"], said);
            reached.insert(name.as_str());
        }
        Some(_) => {}
        None => said.push((Vec::new(), "a definition needs `StartAt`".to_owned())),
    }
    for (name, state) in states {
        let mut own = Vec::new();
        one(name, state, states, &mut own, depth);
        let prefix = ["States".into(), name.as_str().into()];
        said.extend(own.into_iter().map(|(path, message)| {
            let path = prefix.iter().cloned().chain(path).collect();
            (path, message)
        }));
        reached.extend(targets(state).filter_map(Json::as_str));
    }
    // What a function or a substitution names may be any of them.
    let mut targets = states.values().flat_map(targets).chain(map.get("StartAt"));
    if targets.any(|target| target.as_str().is_none_or(is_open)) {
        return;
    }
    for name in states.keys().filter(|name| !reached.contains(name.as_str())) {
        let path = vec!["States".into(), name.as_str().into()];
        said.push((path, format!("no state leads to `{name}`")));
    }
}

/// Whether a function gives the map, or a part of it.
fn generated(map: &Map<String, Json>) -> bool {
    map.keys().any(|key| key.starts_with("Fn::") || key == "Ref")
}

fn goes_to(name: &str, states: &Map<String, Json>, at: &[&str], said: &mut Vec<(Path, String)>) {
    if !states.contains_key(name) && !is_open(name) {
        let path = at.iter().map(|step| (*step).into()).collect();
        let near = crate::schema::nearest(name, states.keys().map(String::as_str));
        let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        said.push((path, format!("no state is named `{name}`{near}")));
    }
}

fn one(name: &str, state: &Json, states: &Map<String, Json>, said: &mut Vec<(Path, String)>, depth: usize) {
    let Some(map) = state.as_object() else {
        said.push((Vec::new(), format!("the state `{name}` is not a map")));
        return;
    };
    if generated(map) {
        return;
    }
    let kind = match map.get("Type") {
        Some(Json::String(kind)) => kind.as_str(),
        Some(_) => return,
        None => {
            said.push((Vec::new(), format!("the state `{name}` needs `Type`")));
            return;
        }
    };
    let Some((_, goes_on)) = TYPES.iter().find(|(known, _)| *known == kind) else {
        if !is_open(kind) {
            said.push((vec!["Type".into()], format!("there are no states of type `{kind}`")));
        }
        return;
    };
    ends(name, map, kind, *goes_on, said);
    for (key, value) in [("Next", map.get("Next")), ("Default", map.get("Default"))] {
        if let Some(target) = value.and_then(Json::as_str) {
            goes_to(target, states, &[key], said);
        }
    }
    for list in ["Catch", "Choices"] {
        for (at, entry) in map.get(list).and_then(Json::as_array).into_iter().flatten().enumerate() {
            if let Some(target) = entry.get("Next").and_then(Json::as_str) {
                let mut own = Vec::new();
                goes_to(target, states, &["Next"], &mut own);
                said.extend(own.into_iter().map(|(path, message)| {
                    let path = [list.into(), at.into()].into_iter().chain(path).collect();
                    (path, message)
                }));
            }
        }
    }
    within(map, kind, depth, said);
}

/// How a state goes on: to another, or not at all.
fn ends(name: &str, map: &Map<String, Json>, kind: &str, goes_on: bool, said: &mut Vec<(Path, String)>) {
    let has = |key: &str| map.contains_key(key);
    let end = map.get("End") == Some(&Json::Bool(true));
    let mut say = |message: String| said.push((Vec::new(), message));
    if goes_on && !has("Next") && !has("End") {
        say(format!("the state `{name}` needs `Next` or `End: true`"));
    } else if goes_on && has("Next") && end {
        say(format!("the state `{name}` has `Next` and `End`; it can have one"));
    } else if !goes_on && (has("Next") || end) {
        say(format!("the state `{name}` of type {kind} has no `Next` and no `End`"));
    }
    let needs = match kind {
        "Task" => "Resource",
        "Choice" => "Choices",
        "Parallel" => "Branches",
        _ => return,
    };
    if !has(needs) {
        say(format!("the state `{name}` of type {kind} needs `{needs}`"));
    }
}

/// The machines inside of a state.
fn within(map: &Map<String, Json>, kind: &str, depth: usize, said: &mut Vec<(Path, String)>) {
    let mut inner: Vec<(Path, &Json)> = Vec::new();
    match kind {
        "Parallel" => {
            for (at, branch) in map
                .get("Branches")
                .and_then(Json::as_array)
                .into_iter()
                .flatten()
                .enumerate()
            {
                inner.push((vec!["Branches".into(), at.into()], branch));
            }
        }
        "Map" => {
            for key in ["ItemProcessor", "Iterator"] {
                inner.extend(map.get(key).map(|machine| (vec![key.into()], machine)));
            }
        }
        _ => {}
    }
    for (path, machine) in inner {
        let mut own = Vec::new();
        states(machine, depth + 1, &mut own);
        said.extend(own.into_iter().map(|(below, message)| {
            let path = path.iter().cloned().chain(below).collect();
            (path, message)
        }));
    }
}

/// What names the states that a state leads to.
fn targets(state: &Json) -> impl Iterator<Item = &Json> {
    let lists = ["Catch", "Choices"].into_iter();
    let entries = lists.filter_map(|list| state.get(list)?.as_array()).flatten();
    let own = [state.get("Next"), state.get("Default")];
    entries
        .filter_map(|entry| entry.get("Next"))
        .chain(own.into_iter().flatten())
}
