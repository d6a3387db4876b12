//! What security groups let through, as far as the templates tell.

use crate::checks::Set;
use crate::read::template::branch::values;
use crate::read::template::{Resource, Template, known};
use crate::read::{Map, Node};

type Group<'s, 'a> = (&'s Template<'a>, &'s Resource<'a>);

/// From some security groups, through a port, to others.
pub(super) struct Door<'d, 's, 'a> {
    pub(super) port: f64,
    pub(super) from: &'d [Group<'s, 'a>],
    pub(super) to: &'d [Group<'s, 'a>],
}

/// The security groups that a list names; nothing if one of them is not known.
pub(super) fn groups<'s, 'a>(set: &'s Set<'a>, template: &'s Template<'a>, list: &Node) -> Option<Vec<Group<'s, 'a>>> {
    let found: Option<Vec<Group<'s, 'a>>> = list
        .list()?
        .iter()
        .map(|node| {
            set.target(template, node)
                .filter(|(_, group)| group.kind == "AWS::EC2::SecurityGroup")
        })
        .collect();
    found.filter(|found| !found.is_empty())
}

/// Whether one of the groups lets in what comes from one of the others; what is not known is taken to.
pub(super) fn admits<'a>(set: &Set<'a>, door: &Door<'_, '_, 'a>) -> bool {
    door.to.iter().any(|(home, group)| {
        let inline = group.property("SecurityGroupIngress");
        let Some(inline) = inline.map_or(Some(&[][..]), Node::list) else {
            return true;
        };
        let by_inline = inline
            .iter()
            .any(|rule| rule.map().is_none_or(|rule| lets_in(set, home, rule, door)));
        by_inline || by_resource(set, group.id, door)
    })
}

/// A rule that stands for itself.
fn by_resource<'a>(set: &Set<'a>, id: &str, door: &Door<'_, '_, 'a>) -> bool {
    set.of("AWS::EC2::SecurityGroupIngress").any(|(home, rule)| {
        let of = rule.property("GroupId").map(|node| set.target(home, node));
        match of {
            Some(Some((_, group))) if group.id != id => false,
            // A group that is not known may be this one.
            _ => rule
                .properties
                .is_none_or(|properties| lets_in(set, home, properties, door)),
        }
    })
}

fn lets_in<'a>(set: &Set<'a>, home: &Template<'a>, rule: &Map, door: &Door<'_, '_, 'a>) -> bool {
    ports(home, rule, door.port) && sources(set, home, rule, door)
}

fn ports(home: &Template<'_>, rule: &Map, port: f64) -> bool {
    let protocol = rule.get("IpProtocol").map(|node| known::text(home, node));
    match protocol {
        Some(Some(protocol)) if protocol == "-1" => return true,
        Some(Some(protocol)) if protocol != "tcp" && protocol != "6" => return false,
        _ => {}
    }
    let bound = |name: &str| rule.get(name).map(|node| known::number(home, node));
    match (bound("FromPort"), bound("ToPort")) {
        (Some(Some(from)), Some(Some(to))) => (from <= port && port <= to) || (from < 0.0 && to < 0.0),
        _ => true,
    }
}

/// Whether a rule is for one of the groups; one for addresses or for what is not known may be.
fn sources<'a>(set: &Set<'a>, home: &Template<'a>, rule: &Map, door: &Door<'_, '_, 'a>) -> bool {
    let Some(source) = rule.get("SourceSecurityGroupId") else {
        return true;
    };
    values(source).into_iter().any(|node| match set.target(home, node) {
        Some((_, group)) => {
            let to = door.to.iter().any(|(_, to)| to.id == group.id);
            let from = door.from.iter().any(|(_, from)| from.id == group.id);
            from || (to
                && door
                    .from
                    .iter()
                    .any(|(_, from)| door.to.iter().any(|(_, to)| to.id == from.id)))
        }
        None => true,
    })
}

/// Whether another stack can import what is known of a group.
pub(super) fn is_exported(set: &Set<'_>, id: &str) -> bool {
    set.templates.iter().any(|template| {
        template.section("Outputs").any(|output| {
            let value = output.value.get("Value");
            value.is_some_and(|value| template.targets(value).any(|target| target.id == id))
        })
    })
}
