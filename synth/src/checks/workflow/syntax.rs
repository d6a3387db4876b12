//! What GitHub refuses to read.

use std::sync::LazyLock;

use github_actions_models::workflow::Workflow;
use jsonschema::Validator;
use serde::Deserialize;
use serde_json::Value as Json;

use super::view::{Spot, View};
use super::{Objection, Rule, Set};
use crate::checks::Family;
use crate::checks::schema::accepts::{Null, accepts};
use crate::read::{Node, Step};

pub(super) static REFUSED_WORKFLOW: Rule = Rule {
    name: "refused-workflow",
    why: "GitHub does not start a workflow that it cannot read. Two readers that are not ours must agree that it can: \
          the JSON Schema of SchemaStore and the model of the crate `github-actions-models`.",
    link: "https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax",
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
    check: refused,
};

const SYNTAX: &str = "see the workflow syntax of GitHub Actions";

static SCHEMA: LazyLock<Option<Json>> = LazyLock::new(|| {
    let text = include_str!("../../../schemas/github-workflow.json");
    serde_json::from_str(text).ok()
});

/// Made only to say what is wrong.
static VALIDATOR: LazyLock<Option<Validator>> = LazyLock::new(|| jsonschema::draft7::new(SCHEMA.as_ref()?).ok());

fn refused(_: &Set<'_>, view: &View<'_>) -> Vec<Objection> {
    let value = view.document.root.to_value();
    by_schema(view, &value)
        .into_iter()
        .chain(by_model(view, &value))
        .collect()
}

fn by_schema(view: &View<'_>, value: &Json) -> Vec<Objection> {
    let root = &view.document.root;
    if SCHEMA
        .as_ref()
        .is_some_and(|schema| accepts(schema, value, Null::Value))
    {
        return Vec::new();
    }
    let Some(validator) = VALIDATOR.as_ref() else {
        let spot = Spot {
            path: Vec::new(),
            at: root.at,
        };
        return vec![Objection::new(
            spot,
            "the embedded schema of workflows cannot be read",
            "build synth again",
        )];
    };
    let object = |error: jsonschema::ValidationError<'_>| {
        let path = steps(root, error.instance_path().as_str());
        let at = root.at_path(&path).map_or(root.at, |node| node.at);
        let message = format!("the schema of workflows refuses it: {}", shortened(&error.to_string()));
        Objection::new(Spot { path, at }, message, SYNTAX)
    };
    validator.iter_errors(value).map(object).collect()
}

fn by_model(view: &View<'_>, value: &Json) -> Option<Objection> {
    let error = Workflow::deserialize(value).err()?;
    // A reader of the text says in which line it is.
    let parsed = yaml_serde::from_str::<Workflow>(&view.document.text);
    let error = parsed
        .err()
        .map_or_else(|| error.to_string(), |error| error.to_string());
    let spot = Spot {
        path: Vec::new(),
        at: view.document.root.at,
    };
    let message = format!("it does not parse as a workflow: {error}");
    Some(Objection::new(spot, message, SYNTAX))
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
