//! Actions stand at the commit that was read.

use crate::checks::{Family, Level, Report, Rule, Set};
use crate::schema::github::pins;

pub(super) const RULE: Rule = Rule {
    name: "unpinned-action",
    why: "A tag can be moved to other code, a commit cannot. The tag stands in a comment, so that people and \
          update bots know what the commit is.",
    link: "https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions",
    level: Level::Error,
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
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for view in &set.workflows {
        for action in view.actions() {
            let Some(pin) = pins::find(action.name) else { continue };
            let comment = view.comment(action.uses.at.line).unwrap_or_default();
            if action.version == pin.commit && comment == pin.version {
                continue;
            }
            let (name, version) = (pin.name, action.version);
            report
                .value(
                    action.uses,
                    format!("action `{name}` is at `{version}` with the comment `{comment}`"),
                )
                .help(format!("write `{name}@{} # {}`", pin.commit, pin.version));
        }
    }
}
