//! What a reviewer has to know before all else: what must be done first and by whom, and what a change begins with.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;

use super::anew;
use super::stack::Stack;
use super::{Effect, Language, ResourceChange, Review, Section, Verdict};

/// One thing to know first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct First {
    /// The files that it is about.
    pub files: Vec<String>,
    /// What is so, and what to do.
    pub text: String,
}

/// Who issues the identities by which workflows take roles.
const ISSUERS: [&str; 2] = ["token.actions.githubusercontent.com", "gitlab.com"];

/// More names are told by their number.
const MOST: usize = 8;

/// All of it, what is to be done first in front.
pub(super) fn find(review: &Review, after: &BTreeMap<&str, &Stack>) -> Vec<First> {
    let found = [
        another(review),
        by_hand(review, after),
        refused(review),
        ordered(review),
        cause(review),
    ];
    found.into_iter().flatten().collect()
}

/// Another system beside the old one.
fn another(review: &Review) -> Option<First> {
    let is_another = |note: &String| note == anew::STAYS;
    let of = review.interface.iter();
    let of = of.filter(|change| change.section == Section::Template && change.notes.iter().any(is_another));
    let files: Vec<String> = of.flat_map(|change| change.files.clone()).collect();
    let text = format!(
        "{} named anew, as another system: new stacks appear beside the old ones, which stay, cost, and hold their names and \
         data until somebody deletes them; nothing is updated or replaced",
        count(files.len(), "template is", "templates are")
    );
    some(files, text)
}

/// Templates with the roles that a pipeline takes.
fn by_hand(review: &Review, after: &BTreeMap<&str, &Stack>) -> Option<First> {
    let changes = review
        .resources
        .iter()
        .filter(|change| change.language == Language::Template);
    let changes = changes.filter(|change| change.verdict != Verdict::Nothing);
    let mut files: Vec<String> = changes.flat_map(|change| change.files.clone()).collect();
    files.sort_unstable();
    files.dedup();
    files.retain(|file| {
        after
            .get(file.as_str())
            .is_some_and(|stack| has_roles_of_a_pipeline(stack))
    });
    let text = format!(
        "a person deploys {} before the rest: the roles that the pipeline takes stand there",
        listed(&files)
    );
    some(files, text)
}

fn has_roles_of_a_pipeline(stack: &Stack) -> bool {
    let roles = stack.items.values().filter(|item| item.kind == "AWS::IAM::Role");
    let trusts = roles.filter_map(|role| role.properties.get("AssumeRolePolicyDocument"));
    trusts
        .map(Json::to_string)
        .any(|trust| ISSUERS.iter().any(|issuer| trust.contains(issuer)))
}

fn refused(review: &Review) -> Option<First> {
    let changes = review
        .resources
        .iter()
        .filter(|change| change.verdict == Verdict::Refuse);
    // The steps of an order take what is exported into account.
    let exports = review
        .interface
        .iter()
        .filter(|change| change.is_refused() && review.order.is_empty());
    let mut names: Vec<String> = changes.clone().map(|change| change.id.clone()).collect();
    names.extend(exports.clone().map(|change| change.name.clone()));
    let files = changes
        .flat_map(|change| &change.files)
        .chain(exports.flat_map(|change| &change.files));
    let mut files: Vec<String> = files.cloned().collect();
    files.sort_unstable();
    files.dedup();
    let text = format!(
        "{} refused until it goes another way: {}",
        count(names.len(), "change is", "changes are"),
        listed(&names)
    );
    some(files, text)
}

fn ordered(review: &Review) -> Option<First> {
    let files = review.order.iter().map(|step| step.file().to_owned()).collect();
    some(
        files,
        "a deployment of exporters first is refused: take the steps at the end".to_owned(),
    )
}

/// What replaces others with it.
fn cause(review: &Review) -> Option<First> {
    let follow = review.resources.iter().filter(|change| follows(change)).count();
    let is_cause = |change: &&ResourceChange| {
        let replaces = change.changes.iter().any(|value| value.effect >= Effect::MayReplace);
        change.language == Language::Template && replaces && follow > 1 && !follows(change)
    };
    let causes: Vec<&ResourceChange> = review.resources.iter().filter(is_cause).collect();
    let names: Vec<String> = causes.iter().map(|change| change.id.clone()).collect();
    let text = format!("{follow} more are replaced, or may be, as {} is", listed(&names));
    some(causes.iter().flat_map(|change| change.files.clone()).collect(), text)
}

/// Whether a resource is only replaced because another one is.
pub(super) fn follows(change: &ResourceChange) -> bool {
    let worst = change.changes.iter().map(|value| value.effect).max();
    let mut worst_of = change.changes.iter().filter(|value| Some(value.effect) == worst);
    change.language == Language::Template
        && matches!(change.verdict, Verdict::Replace | Verdict::MayReplace)
        && worst_of.all(|value| value.old == value.new && !value.reordered)
}

fn some(files: Vec<String>, text: String) -> Option<First> {
    (!files.is_empty()).then_some(First { files, text })
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Names, each marked, and how many more there are.
fn listed(names: &[String]) -> String {
    let mut shown: Vec<String> = names.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    if names.len() > MOST {
        shown.push(format!("{} more", names.len() - MOST));
    }
    shown.join(", ")
}
