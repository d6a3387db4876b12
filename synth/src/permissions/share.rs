//! Statements that several grants can share without allowing more.

use std::collections::{BTreeMap, BTreeSet};

use super::Grant;
use crate::schema::iam;

/// Joins grants with the same conditions where every action of the one takes no kind of resource that only the other
/// names: `ec2:CreateSubnet` gains nothing from a statement that has NAT gateways too. So a policy says the same in far
/// fewer characters.
pub(super) fn share(grants: Vec<Grant>) -> Vec<Grant> {
    let mut takes = Takes::default();
    let mut shared: Vec<Grant> = Vec::new();
    for grant in grants {
        let host = shared.iter().position(|host| fits(host, &grant, &mut takes));
        match host {
            Some(index) => shared[index].absorb(grant),
            None => shared.push(grant),
        }
    }
    shared
}

fn fits(host: &Grant, guest: &Grant, takes: &mut Takes) -> bool {
    let narrow = |grant: &Grant| !grant.resources.contains("*");
    host.conditions == guest.conditions
        && narrow(host)
        && narrow(guest)
        && services(host) == services(guest)
        && gains_nothing(host, guest, takes)
        && gains_nothing(guest, host, takes)
}

/// A statement is about one service as long as its grants are: readers look for services.
fn services(grant: &Grant) -> BTreeSet<&str> {
    grant
        .actions
        .iter()
        .filter_map(|action| action.split(':').next())
        .collect()
}

/// Whether no action of a grant takes a resource that only the other has.
fn gains_nothing(grant: &Grant, other: &Grant, takes: &mut Takes) -> bool {
    let only_there: Vec<&String> = other.resources.difference(&grant.resources).collect();
    grant
        .actions
        .iter()
        .all(|action| only_there.iter().all(|resource| !takes.resource(action, resource)))
}

/// Which action takes which resource, remembered.
#[derive(Default)]
struct Takes {
    known: BTreeMap<(String, String), bool>,
    shapes: BTreeMap<String, Option<BTreeSet<(String, String)>>>,
}

impl Takes {
    /// Whether an action can be allowed on a resource; what is not known, can.
    fn resource(&mut self, action: &str, resource: &str) -> bool {
        let key = (action.to_owned(), resource.to_owned());
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let shapes = self.shapes.entry(action.to_owned()).or_insert_with(|| shapes(action));
        let answer = match (shapes, parts(resource)) {
            (Some(shapes), Some((service, rest))) => {
                shapes.iter().any(|(of, start)| *of == service && alike(start, &rest))
            }
            _ => true,
        };
        self.known.insert(key, answer);
        answer
    }
}

/// The services and the fixed starts of the resources that an action takes; none if that is not known.
fn shapes(action: &str) -> Option<BTreeSet<(String, String)>> {
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
fn parts(arn: &str) -> Option<(String, String)> {
    // A variable such as `${AWS::Region}` has colons of its own.
    let arn = arn.replace("AWS::", "");
    let mut parts = arn.splitn(6, ':').skip(2);
    let service = parts.next()?.to_owned();
    let rest = parts.nth(2)?;
    let end = rest.find(['$', '*']).unwrap_or(rest.len());
    Some((service, rest.get(..end)?.to_owned()))
}

/// Whether two starts can begin the same text.
fn alike(one: &str, other: &str) -> bool {
    one.starts_with(other) || other.starts_with(one)
}
