//! The environment that permissions are bound to: how its things are told from those of another in the same account.

use std::borrow::Cow;

use crate::schema::iam::{Action, ResourceKind, Service};
use crate::template::Operator;

use super::{Condition, Grant};

/// An environment: what the names of its things begin with, and the tags that all of them have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    name: String,
    tags: Vec<(String, String)>,
}

impl Scope {
    /// An environment by the beginning of its names, such as `cars-api-dev`, and its tags.
    #[must_use]
    pub fn new<K: Into<String>, V: Into<String>>(name: &str, tags: impl IntoIterator<Item = (K, V)>) -> Self {
        let tags = tags.into_iter().map(|(key, value)| (key.into(), value.into()));
        Self {
            name: name.to_owned(),
            tags: tags.collect(),
        }
    }

    /// The tags that tell it apart.
    pub(super) fn tags(&self) -> &[(String, String)] {
        &self.tags
    }

    /// That a resource, or a request to make one, has all the tags.
    pub(super) fn tagged(&self, of: &str) -> Vec<Condition> {
        let condition =
            |(key, value): &(String, String)| Condition::new(Operator::StringEquals, &format!("{of}/{key}"), [value]);
        self.tags.iter().map(condition).collect()
    }

    /// That it has them if it has tags of these names.
    pub(super) fn tagged_if_at_all(&self, of: &str) -> Vec<Condition> {
        let tagged = self.tagged(of).into_iter();
        let operator = Operator::StringEqualsIfExists;
        tagged.map(|condition| Condition { operator, ..condition }).collect()
    }

    /// Whether a text begins, or begins after a slash or colon, with the name and goes on after it.
    pub(super) fn begins(&self, text: &str) -> bool {
        text.match_indices(&self.name).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + self.name.len()..].chars().next();
            before.is_none_or(|letter| matches!(letter, '/' | ':'))
                && after.is_none_or(|letter| matches!(letter, '-' | '/' | ':' | '.' | '_'))
        })
    }

    /// Whether an ARN can only be that of something named by this environment: it has no wildcard, or one behind a name
    /// that is complete or begins with the environment's own.
    pub(super) fn names(&self, arn: &str, kind: Option<&ResourceKind>) -> bool {
        let Some((_, rest)) = split(arn) else { return false };
        // The streams of a log group, the revisions of a family: a name that is complete. Nothing but a kind of thing
        // before it is no name: `secret:*` is all secrets.
        let whole = rest.strip_suffix(":*").filter(|name| name.contains([':', '/']));
        let rest = whole.unwrap_or(rest);
        if !rest.contains(['*', '?']) {
            return true;
        }
        let shapes = kind.into_iter().flat_map(|kind| &kind.arns);
        let shapes: Vec<_> = shapes.filter_map(|shape| Some(named(split(shape)?.1))).collect();
        let mut variables = shapes.iter().filter_map(|shape| variables(shape, rest)).flatten();
        variables.any(|(name, text)| {
            let end = text.find(['*', '?']).unwrap_or(text.len());
            let complete = name != ANY && (end == text.len() || text[..end].ends_with(['/', ':']));
            !CLASSES.contains(&name) && end > 0 && (complete || self.begins(&text[..=end]))
        })
    }

    /// Whether a condition names only what is this environment's: a cluster, a role, an alias. What Kubernetes owns has
    /// the cluster's name in the key of a tag.
    fn is_named_by(&self, condition: &Condition) -> bool {
        let ours = |value: &String| self.begins(split(value).map_or(value, |(_, rest)| rest));
        condition.key == VIA_SERVICE
            || self.is_of_cluster(condition)
            || !condition.values.is_empty() && condition.values.iter().all(ours)
    }

    /// Whether a condition asks for a tag that this environment's cluster gives to what is its own.
    pub(super) fn is_of_cluster(&self, condition: &Condition) -> bool {
        let owned = condition.key.strip_prefix("aws:ResourceTag/kubernetes.io/cluster/");
        let named =
            condition.key.ends_with("/eks:eks-cluster-name") && condition.values.iter().all(|name| *name == self.name);
        named || owned == Some(self.name.as_str())
    }

    /// Whether a grant gives the tags to what has none of these names.
    pub(super) fn claims(&self, grant: &Grant) -> bool {
        let mut tags = self.tagged_if_at_all("aws:ResourceTag").into_iter();
        tags.all(|tag| grant.conditions.contains(&tag))
    }

    /// Whether a grant reaches nothing of another environment with one of its actions on one of its resources.
    pub(super) fn holds(&self, grant: &Grant, action: Option<(&Service, &Action)>, resource: &str) -> bool {
        let kind = action.and_then(|(service, action)| kind(service, action, resource));
        self.holds_kind(grant, kind, resource)
    }

    /// The same of a resource whose kind is known.
    pub(super) fn holds_kind(&self, grant: &Grant, kind: Option<&ResourceKind>, resource: &str) -> bool {
        let all = |tags: Vec<Condition>| tags.iter().all(|tag| grant.conditions.contains(tag));
        self.names(resource, kind)
            || all(self.tagged("aws:ResourceTag"))
            || all(self.tagged_if_at_all("aws:RequestTag"))
            || all(self.tagged("aws:RequestTag")) && !self.claims(grant)
            || grant.conditions.iter().any(|condition| self.is_named_by(condition))
    }
}

/// That a service calls on behalf of whoever called it (IAM user guide, "AWS global condition context keys").
pub(super) const VIA_SERVICE: &str = "aws:ViaAWSService";

/// The kind of resource that an ARN is of, among those that an action takes: the one of which it says most.
pub(super) fn kind<'a>(service: &'a Service, action: &Action, arn: &str) -> Option<&'a ResourceKind> {
    let (of, rest) = split(arn)?;
    let kinds = action.resources.iter().filter_map(|name| service.resource(name));
    let fits = |kind: &ResourceKind| {
        let fitting = kind.arns.iter().filter_map(|shape| {
            let (service, behind) = split(shape)?;
            if service != of && !service.starts_with(['$', '*']) {
                return None;
            }
            // Most shapes are other kinds' by what they begin with.
            let start = behind.bytes().position(|byte| matches!(byte, b'$' | b'*'));
            if !rest.starts_with(&behind[..start.unwrap_or(behind.len())]) {
                return None;
            }
            let behind = named(behind);
            let found = variables(&behind, rest)?;
            // One that goes on behind a `*` of the ARN is as likely another kind's.
            let whole = found.len() == behind.matches("${").count() && found.iter().all(|(name, _)| *name != ANY);
            Some((whole, fixed(shape)))
        });
        fitting.max()
    };
    let fitting = kinds.filter_map(|kind| Some((fits(kind)?, kind)));
    fitting.max_by_key(|(says, _)| *says).map(|(_, kind)| kind)
}

/// Variables of shapes that say what sort of thing it is, not which: that of an issuer begins with who made it.
const CLASSES: [&str; 3] = ["OidcProviderName", "Scope", "StreamType"];

/// The variable for a `*` in a shape.
const ANY: &str = "Any";

/// A shape whose variables all have names. Where the reference has a `*`, as for secrets, something stands for a name.
fn named(shape: &str) -> Cow<'_, str> {
    if shape.contains('*') {
        Cow::Owned(shape.replace('*', &format!("${{{ANY}}}")))
    } else {
        Cow::Borrowed(shape)
    }
}

/// How many characters of a shape are fixed.
fn fixed(shape: &str) -> usize {
    let pieces = shape.split("${");
    let after = pieces.map(|piece| piece.split_once('}').map_or(piece, |(_, after)| after));
    after.map(|piece| piece.len() - piece.matches('*').count()).sum()
}

/// The service of an ARN or of the shape of one, and what stands behind the account.
pub(super) fn split(arn: &str) -> Option<(&str, &str)> {
    USUAL
        .iter()
        .find_map(|usual| usual.split(arn))
        .or_else(|| split_any(arn))
}

/// How nearly all ARNs and shapes are written around the service, so that they need not be read letter by letter.
struct Usual {
    start: &'static str,
    places: [&'static str; 2],
}

const USUAL: [Usual; 2] = [
    Usual {
        start: "arn:${Partition}:",
        places: ["${Region}:${Account}:", ":${Account}:"],
    },
    Usual {
        start: "arn:${AWS::Partition}:",
        places: ["${AWS::Region}:${AWS::AccountId}:", ":${AWS::AccountId}:"],
    },
];

impl Usual {
    fn split<'a>(&self, arn: &'a str) -> Option<(&'a str, &'a str)> {
        let (service, after) = arn.strip_prefix(self.start)?.split_once(':')?;
        let plain = !service.starts_with('$');
        let behind = self.places.iter().find_map(|places| after.strip_prefix(places));
        behind.filter(|_| plain).map(|behind| (service, behind))
    }
}

fn split_any(arn: &str) -> Option<(&str, &str)> {
    let mut ends = [0; 4];
    let (mut found, mut depth) = (0, 0);
    for (at, byte) in arn.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            // The colons of `${AWS::Region}` separate nothing.
            b':' if depth == 0 => match ends.get_mut(found) {
                Some(end) => {
                    *end = at;
                    found += 1;
                }
                None => return Some((&arn[ends[1] + 1..ends[2]], &arn[at + 1..])),
            },
            _ => {}
        }
    }
    None
}

/// What stands before the first variable of a shape, and what stands behind its `${`.
fn opening(shape: &str) -> Option<(&str, &str)> {
    let at = shape.as_bytes().windows(2).position(|two| two == b"${")?;
    Some((&shape[..at], &shape[at + 2..]))
}

/// What stands for each variable of a shape: `listener/app/${LoadBalancerName}/${LoadBalancerId}/${ListenerId}` and
/// `listener/app/cars*/*` give `LoadBalancerName` as `cars*` and `LoadBalancerId` as `*`.
fn variables<'a, 'b>(shape: &'a str, text: &'b str) -> Option<Vec<(&'a str, &'b str)>> {
    let (start, mut shape) = opening(shape).unwrap_or((shape, ""));
    let mut text = text.strip_prefix(start)?;
    let mut found = Vec::new();
    while !shape.is_empty() {
        let (name, after) = shape.split_once('}')?;
        let (between, rest) = opening(after).unwrap_or((after, ""));
        let end = if between.is_empty() {
            Some(text.len())
        } else {
            text.find(between)
        };
        // A `*` at the end stands for all that follows.
        let Some(end) = end else {
            found.push((name, text));
            return (text.ends_with('*') && !text.contains(['/', ':'])).then_some(found);
        };
        found.push((name, &text[..end]));
        text = &text[end + between.len()..];
        shape = rest;
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::{split, split_any};
    use crate::schema::iam;

    #[test]
    fn what_is_written_as_usual_is_split_as_everything_else_is() {
        let mut usual = 0;
        for kind in iam::prefixes()
            .filter_map(iam::service)
            .flat_map(|service| &service.resources)
        {
            for shape in &kind.arns {
                let named = shape
                    .replace("${Partition}", "${AWS::Partition}")
                    .replace("${Region}", "${AWS::Region}")
                    .replace("${Account}", "${AWS::AccountId}");
                for arn in [shape, &named] {
                    assert_eq!(split(arn), split_any(arn), "{arn}");
                    usual += usize::from(super::USUAL.iter().any(|usual| usual.split(arn).is_some()));
                }
            }
        }
        assert!(usual > 1_000, "{usual}");
        assert_eq!(
            split("arn:${Partition}:${A:B}:${Region}:${Account}:x"),
            Some(("${A:B}", "x"))
        );
    }
}
