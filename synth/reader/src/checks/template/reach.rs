//! What security groups let through, as far as the templates tell.

use crate::checks::Set;
use crate::read::template::branch::values;
use crate::read::template::known::Sure;
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

/// Whether none of the groups lets in what comes from one of the others, and how surely; what is not known is taken to
/// let it in.
pub(super) fn closed<'a>(set: &Set<'a>, door: &Door<'_, '_, 'a>) -> Option<Sure> {
    let mut sure = Sure::Written;
    for (home, group) in door.to {
        let inline = group.property("SecurityGroupIngress");
        for rule in inline.map_or(Some(&[][..]), Node::list)? {
            sure = sure.max(shut(set, home, rule.map()?, door)?);
        }
        for (home, rule) in set.of("AWS::EC2::SecurityGroupIngress") {
            let of = rule.property("GroupId").map(|node| set.target(home, node));
            // A group that is not known may be this one.
            if !matches!(of, Some(Some((_, of))) if of.id != group.id) {
                sure = sure.max(shut(set, home, rule.properties?, door)?);
            }
        }
    }
    Some(sure)
}

/// Whether a rule does not let in what comes through a door, and how surely.
fn shut<'a>(set: &Set<'a>, home: &Template<'a>, rule: &'a Map, door: &Door<'_, '_, 'a>) -> Option<Sure> {
    if sources(set, home, rule, door) {
        other_port(home, rule, door.port)
    } else {
        Some(Sure::Written)
    }
}

/// Whether a rule is not for a port, and how surely.
fn other_port<'a>(home: &Template<'a>, rule: &'a Map, port: f64) -> Option<Sure> {
    if let Some(protocol) = rule.get("IpProtocol").and_then(|node| known::text(home, node)) {
        match &*protocol {
            "-1" => return None,
            "tcp" | "6" => {}
            _ => return Some(protocol.sure),
        }
    }
    let bound = |name: &str| known::number(home, rule.get(name)?);
    let (from, to) = (bound("FromPort")?, bound("ToPort")?);
    let all = from.value < 0.0 && to.value < 0.0;
    let within = from.value <= port && port <= to.value;
    (!all && !within).then(|| from.sure.max(to.sure))
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
