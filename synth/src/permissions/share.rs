//! Statements that several grants can share without allowing more.

use std::collections::{BTreeMap, BTreeSet};

use super::numbered::{Book, Entry};
use super::scope;
use crate::schema::iam;

/// Joins grants with the same conditions where every action of the one takes no kind of resource that only the other
/// names: `ec2:CreateSubnet` gains nothing from a statement that has NAT gateways too. So a policy says the same in far
/// fewer characters.
pub(super) fn share(book: &Book<'_>, grants: Vec<Entry>) -> Vec<Entry> {
    let everything = book.number("*");
    let mut takes = Takes::new(book);
    let mut shared: Vec<(Host<'_>, Entry)> = Vec::new();
    for grant in grants {
        let is_narrow = everything.is_none_or(|everything| !grant.resources.contains(everything));
        let host = Host {
            is_narrow,
            services: services(book, &grant),
        };
        let fitting = shared.iter().position(|(other, entry)| {
            is_narrow
                && *other == host
                && entry.conditions == grant.conditions
                && takes.gains_nothing(entry, &grant)
                && takes.gains_nothing(&grant, entry)
        });
        match fitting {
            Some(index) => shared[index].1.absorb(&grant),
            None => shared.push((host, grant)),
        }
    }
    shared.into_iter().map(|(_, entry)| entry).collect()
}

/// What stays the same of a grant while it takes others in.
#[derive(PartialEq, Eq)]
struct Host<'a> {
    is_narrow: bool,
    /// A statement is about one service as long as its grants are: readers look for services.
    services: BTreeSet<&'a str>,
}

fn services<'a>(book: &'a Book<'a>, grant: &Entry) -> BTreeSet<&'a str> {
    let actions = grant.actions.iter().map(|action| book.text(*action));
    actions.filter_map(|action| action.split(':').next()).collect()
}

/// A service, and the fixed start of a resource in it.
type Start = (String, String);

/// Which action takes which resource, remembered.
struct Takes<'a> {
    book: &'a Book<'a>,
    known: BTreeMap<(u32, u32), bool>,
    shapes: BTreeMap<u32, Option<BTreeSet<Start>>>,
    starts: BTreeMap<u32, Option<Start>>,
}

impl<'a> Takes<'a> {
    fn new(book: &'a Book<'a>) -> Self {
        Self {
            book,
            known: BTreeMap::new(),
            shapes: BTreeMap::new(),
            starts: BTreeMap::new(),
        }
    }

    /// Whether no action of a grant takes a resource that only the other has.
    fn gains_nothing(&mut self, grant: &Entry, other: &Entry) -> bool {
        let mut only_there = other
            .resources
            .iter()
            .filter(|resource| !grant.resources.contains(**resource));
        only_there.all(|resource| grant.actions.iter().all(|action| !self.resource(*action, *resource)))
    }

    /// Whether an action can be allowed on a resource; what is not known, can.
    fn resource(&mut self, action: u32, resource: u32) -> bool {
        if let Some(known) = self.known.get(&(action, resource)) {
            return *known;
        }
        let book = self.book;
        let shapes = self.shapes.entry(action).or_insert_with(|| shapes(book.text(action)));
        let start = self
            .starts
            .entry(resource)
            .or_insert_with(|| parts(book.text(resource)));
        let answer = match (shapes, start) {
            (Some(shapes), Some((service, rest))) => {
                shapes.iter().any(|(of, start)| of == service && alike(start, rest))
            }
            _ => true,
        };
        self.known.insert((action, resource), answer);
        answer
    }
}

/// The services and the fixed starts of the resources that an action takes; none if that is not known.
fn shapes(action: &str) -> Option<BTreeSet<Start>> {
    let (service, found) = iam::action(action)?;
    let kinds = found.resources.iter().map(|kind| service.resource(kind));
    let mut shapes = BTreeSet::new();
    for kind in kinds {
        for arn in &kind?.arns {
            shapes.insert(parts(arn)?);
        }
    }
    Some(shapes)
}

/// The service of an ARN, and its last part up to the first thing that is not fixed.
fn parts(arn: &str) -> Option<Start> {
    let (service, rest) = scope::split(arn)?;
    let end = rest.find(['$', '*']).unwrap_or(rest.len());
    Some((service.to_owned(), rest.get(..end)?.to_owned()))
}

/// Whether two starts can begin the same text.
fn alike(one: &str, other: &str) -> bool {
    one.starts_with(other) || other.starts_with(one)
}
