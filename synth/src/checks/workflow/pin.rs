//! Actions: known, at the commit that was read, with inputs that they take.

use super::view::View;
use super::{Objection, Rule, Set};
use crate::checks::Family;
use crate::read::Node;
use crate::workflow::pins;

pub(super) static UNLISTED_ACTION: Rule = Rule {
    name: "unlisted-action",
    why: "An action runs with the job's token and credentials. Only those that somebody has read are used.",
    link: "https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions",
    family: Family::Practice,
    example: r"
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    steps:
      - uses: somebody/setup-buildx@37fe631027851001ddb9b187196cc803df7f5f0e # v1.0.0
",
    instead: r"
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    steps:
      - uses: docker/setup-buildx-action@37fe631027851001ddb9b187196cc803df7f5f0e # v4.3.0
",
    check: unlisted_action,
};

pub(super) static UNPINNED_ACTION: Rule = Rule {
    name: "unpinned-action",
    why: "A tag can be moved to other code, a commit cannot. The tag stands in a comment, so that people and \
          update bots know what the commit is.",
    link: "https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions",
    family: Family::Practice,
    example: r"
on: push
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions: {contents: read}
    steps:
      - uses: actions/checkout@v7
",
    instead: r"
on: push
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions: {contents: read}
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
",
    check: unpinned_action,
};

pub(super) static UNKNOWN_INPUT: Rule = Rule {
    name: "unknown-input",
    why: "GitHub only warns about an input that an action does not take, and goes on without it.",
    link: "https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax#inputs",
    family: Family::Graph,
    example: r"
on: push
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions: {contents: read}
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with: {persist-credential: false}
",
    instead: r"
on: push
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions: {contents: read}
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with: {persist-credentials: false}
",
    check: unknown_input,
};

fn unlisted_action(_: &Set<'_>, view: &View<'_>) -> Vec<Objection> {
    let unknown = view.actions().filter(|action| pins::find(action.name).is_none());
    let object = |action: super::view::Action<'_, '_>| {
        let known: Vec<_> = pins::PINS.iter().map(|pin| pin.name).collect();
        let message = format!("action `{}` is not in the registry of pins", action.name);
        Objection::new(
            action.spot,
            message,
            format!("add a pin for it, or use one of {}", known.join(", ")),
        )
    };
    unknown.map(object).collect()
}

fn unpinned_action(_: &Set<'_>, view: &View<'_>) -> Vec<Objection> {
    let object = |action: super::view::Action<'_, '_>| {
        let pin = pins::find(action.name)?;
        let comment = view.comment(action.spot.at.line).unwrap_or_default();
        let fits = action.version == pin.commit && comment == pin.version;
        let message = format!(
            "action `{}` is at `{}` with the comment `{comment}`",
            pin.name, action.version
        );
        let help = format!("write `{}@{} # {}`", pin.name, pin.commit, pin.version);
        (!fits).then(|| Objection::new(action.spot, message, help))
    };
    view.actions().filter_map(object).collect()
}

fn unknown_input(_: &Set<'_>, view: &View<'_>) -> Vec<Objection> {
    let mut objections = Vec::new();
    for action in view.actions() {
        let inputs = action.step.node.get("with").and_then(Node::map);
        for input in inputs.into_iter().flat_map(|inputs| inputs.iter()) {
            if let Some(pin) = pins::find(action.name).filter(|pin| !pin.inputs.contains(&input.key.as_str())) {
                let mut spot = action.step.below("with", &input.value);
                spot.path.push(input.key.as_str().into());
                spot.at = input.key_at;
                let message = format!("action `{}` is not known to take `{}`", pin.name, input.key);
                objections.push(Objection::new(
                    spot,
                    message,
                    format!("use one of {}", pin.inputs.join(", ")),
                ));
            }
        }
    }
    objections
}
