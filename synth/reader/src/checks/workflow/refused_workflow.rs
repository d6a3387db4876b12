//! What GitHub refuses to read.

use std::sync::LazyLock;

use github_actions_models::workflow::Workflow;
use jsonschema::Validator;
use serde::Deserialize;
use serde_json::Value as Json;

use crate::checks::schema::accepts::{Null, accepts};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::{Document, Node, Step};

pub(super) const RULE: Rule = Rule {
    name: "refused-workflow",
    why: "GitHub does not start a workflow that it cannot read. Two readers that are not ours must agree that it can: \
          the JSON Schema of SchemaStore and the model of the crate `github-actions-models`.",
    link: "https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax",
    level: Level::Error,
    family: Family::Schema,
    example: r"
on: push
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    step:
      - run: cargo test
",
    instead: r"
on: push
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    steps:
      - run: cargo test
",
    check,
};

const SYNTAX: &str = "see the workflow syntax of GitHub Actions";

static SCHEMA: LazyLock<Option<Json>> = LazyLock::new(|| {
    let text = include_str!("../../../../schemas/github-workflow.json");
    serde_json::from_str(text).ok()
});

/// Made only to say what is wrong.
static VALIDATOR: LazyLock<Option<Validator>> = LazyLock::new(|| jsonschema::draft7::new(SCHEMA.as_ref()?).ok());

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for view in &set.workflows {
        let value = view.document.root.to_value();
        by_schema(view.document, &value, report);
        by_model(view.document, &value, report);
    }
}

fn by_schema<'a>(document: &'a Document, value: &Json, report: &mut Report<'a>) {
    let root = &document.root;
    if SCHEMA
        .as_ref()
        .is_some_and(|schema| accepts(schema, value, Null::Value))
    {
        return;
    }
    let Some(validator) = VALIDATOR.as_ref() else {
        report
            .value(root, "the embedded schema of workflows cannot be read")
            .help("build synth again");
        return;
    };
    for error in validator.iter_errors(value) {
        let path = steps(root, error.instance_path().as_str());
        let node = root.at_path(&path).unwrap_or(root);
        let message = format!("the schema of workflows refuses it: {}", shortened(&error.to_string()));
        report.spot(node, node.at, message).help(SYNTAX);
    }
}

fn by_model<'a>(document: &'a Document, value: &Json, report: &mut Report<'a>) {
    let Err(error) = Workflow::deserialize(value) else {
        return;
    };
    // A reader of the text says in which line it is.
    let parsed = yaml_serde::from_str::<Workflow>(&document.text);
    let error = parsed
        .err()
        .map_or_else(|| error.to_string(), |error| error.to_string());
    report
        .value(&document.root, format!("it does not parse as a workflow: {error}"))
        .help(SYNTAX);
}

/// A JSON pointer as steps: `0` is a key of a map and an index of a list.
fn steps(root: &Node, pointer: &str) -> Vec<Step> {
    let mut path = Vec::new();
    for part in pointer.split('/').skip(1) {
        let part = part.replace("~1", "/").replace("~0", "~");
        let is_list = root.at_path(&path).is_some_and(|node| node.list().is_some());
        let index = part.parse::<usize>().ok().filter(|_| is_list);
        path.push(index.map_or_else(|| Step::Key(part.clone()), Step::Index));
    }
    path
}

/// The message of the validator quotes the value, which may be a whole job.
fn shortened(message: &str) -> String {
    const MOST: usize = 200;
    let short: String = message.chars().take(MOST).collect();
    if short.len() < message.len() {
        format!("{short} …")
    } else {
        short
    }
}
