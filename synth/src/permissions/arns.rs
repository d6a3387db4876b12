//! On what an action acts: the ARNs of this system's things, as narrow as they can be before they exist.

use std::collections::{BTreeMap, BTreeSet};

use super::item::Item;
use super::memo::{Folded, Question};
use super::things::{alike, arn};
use super::world::World;
use crate::schema::iam::{Action, Level, Service};

/// More ARNs of one kind than this are folded into one where their names begin alike.
const FEW: usize = 6;

/// The ARNs that an action acts on for some resources of a type, many that begin alike as one.
pub(super) fn of<'a>(
    world: &World<'a>,
    kind: &'a str,
    service: &'static Service,
    action: &'static Action,
    items: &[Item<'a>],
) -> Folded {
    let question = Question {
        kind,
        service: service.prefix,
        takes: &action.resources,
        about_tags: action.level == Some(Level::Tagging) || action.name.starts_with("ListTags"),
        // Of roles and policies those that a person makes begin with the same name as those of the stacks.
        gives_rights: service.prefix == "iam" && !matches!(action.level, Some(Level::Read | Level::List)),
        items: items.iter().map(|item| (item.stack.name.as_str(), item.id)).collect(),
    };
    if let Some(known) = world.answers.borrow().get(&question) {
        return known.clone();
    }
    let mut answer = (resources(world, service, &question, items), BTreeSet::new());
    if !question.gives_rights {
        answer = folded(answer.0);
    }
    world.answers.borrow_mut().insert(question, answer.clone());
    answer
}

fn resources<'a>(
    world: &World<'a>,
    service: &Service,
    question: &Question<'a>,
    items: &[Item<'a>],
) -> BTreeSet<String> {
    let (kind, about_tags) = (question.kind, question.about_tags);
    let takes = question
        .takes
        .iter()
        .map(|name| format!("{}:{}", service.prefix, name.to_ascii_lowercase()));
    let takes: BTreeSet<String> = takes.collect();
    let thing = world.thing(kind);
    let own = thing.into_iter().flat_map(|thing| thing.own).map(|(kind, _)| *kind);
    let own: BTreeSet<&str> = own.filter(|own| takes.contains(*own)).collect();
    let mut arns: BTreeSet<String> = own
        .iter()
        .flat_map(|kind| items.iter().flat_map(move |item| world.arns(*item, kind)))
        .collect();
    if !about_tags || arns.is_empty() {
        for other in thing.into_iter().flat_map(|thing| thing.others) {
            if let Some((kind, shape)) = other.split_once('=') {
                arns.extend(takes.contains(kind).then(|| arn(shape)));
                continue;
            }
            match other.strip_prefix('?') {
                Some(kind) if takes.contains(kind) => arns.extend(world.arns_of_kind(kind)),
                None if takes.contains(*other) => arns.extend(made_here(world, service, other)),
                _ => {}
            }
        }
    }
    if arns.is_empty() {
        let guess = alike(kind).filter(|guess| about_tags && takes.contains(guess));
        let kinds = takes
            .iter()
            .filter(|kind| guess.as_ref().is_none_or(|guess| guess == *kind));
        arns.extend(kinds.flat_map(|kind| made_here(world, service, kind)));
    }
    arns
}

/// The ARNs of the things of a kind that this system makes, or of all of the account if it makes none.
fn made_here(world: &World<'_>, service: &Service, kind: &str) -> BTreeSet<String> {
    let here = world.arns_of_kind(kind);
    if !here.is_empty() {
        return here;
    }
    let name = kind.split_once(':').map_or(kind, |(_, name)| name);
    let known = service
        .resources
        .iter()
        .find(|known| known.name.eq_ignore_ascii_case(name));
    known
        .into_iter()
        .filter_map(|known| known.arns.first())
        .map(|shape| of_account(shape))
        .collect()
}

/// An ARN of the service authorization reference with the account and region filled in.
fn of_account(shape: &str) -> String {
    let known = [("${Partition}", "\0P"), ("${Region}", "\0R"), ("${Account}", "\0A")];
    let marked = known
        .iter()
        .fold(shape.to_owned(), |text, (name, mark)| text.replace(name, mark));
    let mut out = String::new();
    for (index, piece) in marked.split("${").enumerate() {
        let after = if index == 0 {
            piece
        } else {
            piece.split_once('}').map_or("", |(_, after)| after)
        };
        out.push_str(if index == 0 { "" } else { "*" });
        out.push_str(after);
    }
    let named = [
        ("\0P", "${AWS::Partition}"),
        ("\0R", "${AWS::Region}"),
        ("\0A", "${AWS::AccountId}"),
    ];
    named.iter().fold(out, |text, (mark, name)| text.replace(mark, name))
}

/// Folds many ARNs that begin alike into one with a `*`, and says so.
fn folded(arns: BTreeSet<String>) -> Folded {
    if arns.len() <= FEW {
        return (arns, BTreeSet::new());
    }
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for arn in arns {
        groups.entry(beginning(&arn)).or_default().push(arn);
    }
    let (mut out, mut reasons) = (BTreeSet::new(), BTreeSet::new());
    for (beginning, group) in groups {
        match common(&group).filter(|_| group.len() > FEW) {
            Some(common) if common.len() >= beginning.len() + 4 => {
                reasons.insert(format!("many names begin with `{}`", &common[beginning.len()..]));
                out.insert(format!("{common}*"));
            }
            _ => out.extend(group),
        }
    }
    (out, reasons)
}

/// An ARN up to the name: `arn:…:alarm:`, `arn:…:repository/`.
fn beginning(arn: &str) -> String {
    // The colons of `${AWS::Region}` separate nothing; what stands for them is as long.
    let marked = arn.replace("AWS::", "AWS__");
    let head: usize = marked.splitn(6, ':').take(5).map(|part| part.len() + 1).sum();
    let kind = marked
        .get(head..)
        .and_then(|rest| rest.find(['/', ':']))
        .map_or(0, |end| end + 1);
    arn.get(..head + kind).unwrap_or(arn).to_owned()
}

/// What all begin with, up to a hyphen or a slash.
fn common(arns: &[String]) -> Option<String> {
    let (first, rest) = arns.split_first()?;
    let shared = |a: &str, b: &str| a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let length = rest.iter().map(|arn| shared(first, arn)).min()?;
    let end = first.get(..length)?.rfind(['-', '/'])?;
    first.get(..=end).map(str::to_owned)
}
