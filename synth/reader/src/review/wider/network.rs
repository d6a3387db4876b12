//! What security groups let through beyond what they did.

use std::borrow::Cow;

use serde_json::{Map, Value as Json, json};

use super::super::show::brief;
use super::super::stack::{Item, Stack};
use super::{What, Wider};
use crate::read::Block;
use crate::read::template::json::{scalar, target, values};

struct Rule<'a> {
    item: &'a Item,
    /// The security group, by logical id if it is one of the template.
    group: String,
    egress: bool,
    path: String,
    protocol: String,
    /// `None` for all ports, or if the protocol has none.
    ports: Option<(String, String)>,
    peer: String,
}

/// The rules of a template that no rule of the old one covers.
pub(super) fn stack(file: &str, old: Option<&Stack>, new: &Stack, out: &mut Vec<Wider>) {
    let before = old.map(rules).unwrap_or_default();
    let known = |group: &str| before.iter().any(|rule| rule.group == group);
    for rule in rules(new) {
        // A new group that lets everything out is what AWS makes by default, and so is a list that lets all through.
        let list = rule.item.kind == "AWS::EC2::NetworkAclEntry";
        let said = if list {
            !old.is_some_and(|old| has_entries(old, &rule.group))
        } else {
            rule.egress && !known(&rule.group)
        };
        let covered = before.iter().any(|old| covers(old, &rule));
        if covered || said {
            continue;
        }
        let direction = if rule.egress { "out to" } else { "in from" };
        let world = if is_world(&rule.peer) { " (everyone)" } else { "" };
        let ports = match &rule.ports {
            None => "all ports".to_owned(),
            Some((from, to)) if from == to => format!("port {from}"),
            Some((from, to)) => format!("ports {from} to {to}"),
        };
        let protocol = if rule.protocol == "-1" {
            "any protocol"
        } else {
            &rule.protocol
        };
        let text = format!("{protocol}, {ports}, {direction} {}{world}", rule.peer);
        out.push(Wider::new(file, rule.item, What::Network, &rule.path, text));
    }
    if let Some(old) = old {
        routes(file, old, new, out);
    }
}

/// Whether a template has entries of a network access list.
fn has_entries(stack: &Stack, list: &str) -> bool {
    let of_list = |item: &Item| {
        item.properties
            .get("NetworkAclId")
            .is_some_and(|id| group_of(id) == list)
    };
    let mut entries = stack
        .items
        .values()
        .filter(|item| item.kind == "AWS::EC2::NetworkAclEntry");
    entries.any(of_list)
}

fn is_world(peer: &str) -> bool {
    matches!(peer, "0.0.0.0/0" | "::/0")
}

fn rules(stack: &Stack) -> Vec<Rule<'_>> {
    let mut found = Vec::new();
    for item in stack.items.values() {
        match item.kind.as_str() {
            "AWS::EC2::SecurityGroup" => {
                inline(item, "SecurityGroupIngress", false, &mut found);
                inline(item, "SecurityGroupEgress", true, &mut found);
                if !item.properties.contains_key("SecurityGroupEgress") {
                    let all = json!({ "IpProtocol": "-1", "CidrIp": "0.0.0.0/0" });
                    let path = "SecurityGroupEgress".to_owned();
                    found.extend(all.as_object().map(|map| rule(item, item.id.clone(), true, path, map)));
                }
            }
            "AWS::EC2::SecurityGroupIngress" | "AWS::EC2::SecurityGroupEgress" => {
                let group = item.properties.get("GroupId").or(item.properties.get("GroupName"));
                let group = group.map(group_of).unwrap_or_default();
                let egress = item.kind.ends_with("Egress");
                found.push(rule(item, group, egress, String::new(), &item.properties));
            }
            "AWS::EC2::NetworkAclEntry" => found.extend(entry(item)),
            _ => {}
        }
    }
    found
}

fn inline<'a>(item: &'a Item, name: &str, egress: bool, found: &mut Vec<Rule<'a>>) {
    let values = item.properties.get(name).map(values).unwrap_or_default();
    for (at, map) in values
        .into_iter()
        .enumerate()
        .filter_map(|(at, value)| Some((at, value.as_object()?)))
    {
        // What a rule is that a reference stands for is not known.
        if !map.contains_key("Ref") {
            found.push(rule(item, item.id.clone(), egress, format!("{name}[{at}]"), map));
        }
    }
}

/// An entry of a network access list that lets something through.
fn entry(item: &Item) -> Option<Rule<'_>> {
    let get = |name: &str| item.properties.get(name);
    let text = |value: &Json| scalar(value).map_or_else(|| brief(value), Cow::into_owned);
    if get("RuleAction")? != "allow" {
        return None;
    }
    let port = |end: &str| get("PortRange")?.get(end).map(text);
    let protocol = get("Protocol").map_or_else(|| "-1".to_owned(), text);
    Some(Rule {
        item,
        group: get("NetworkAclId").map(group_of).unwrap_or_default(),
        egress: get("Egress").is_some_and(|egress| scalar(egress).as_deref() == Some("true")),
        path: String::new(),
        ports: port("From").zip(port("To")),
        protocol: match protocol.as_str() {
            "6" => "tcp".to_owned(),
            "17" => "udp".to_owned(),
            _ => protocol,
        },
        peer: get("CidrBlock").or(get("Ipv6CidrBlock")).map(brief).unwrap_or_default(),
    })
}

/// Routes to an internet gateway that a route table of the old template did not have: they make its subnets public.
fn routes(file: &str, old: &Stack, new: &Stack, out: &mut Vec<Wider>) {
    let to_all = |item: &&Item| {
        let get = |name: &str| item.properties.get(name);
        item.kind == "AWS::EC2::Route"
            && get("GatewayId").is_some()
            && ["DestinationCidrBlock", "DestinationIpv6CidrBlock"]
                .into_iter()
                .filter_map(get)
                .any(|block| is_world(&brief(block)))
    };
    let table = |item: &Item| item.properties.get("RouteTableId").map(group_of).unwrap_or_default();
    let before: Vec<String> = old.items.values().filter(to_all).map(table).collect();
    for route in new.items.values().filter(to_all) {
        let table = table(route);
        let is_new = new.items.contains_key(&table) && !old.items.contains_key(&table);
        if !is_new && !before.contains(&table) {
            let text = format!("`{table}` gets a route to an internet gateway: its subnets become public");
            out.push(Wider::new(file, route, What::Network, "GatewayId", text));
        }
    }
}

/// The group that a value names: `Ref` and its `GroupId` are the same.
fn group_of(value: &Json) -> String {
    target(value).map_or_else(|| brief(value), |(id, _)| id.to_owned())
}

fn rule<'a>(item: &'a Item, group: String, egress: bool, path: String, map: &Map<String, Json>) -> Rule<'a> {
    const PEERS: [&str; 7] = [
        "CidrIp",
        "CidrIpv6",
        "SourceSecurityGroupId",
        "SourceSecurityGroupName",
        "SourcePrefixListId",
        "DestinationSecurityGroupId",
        "DestinationPrefixListId",
    ];
    let text = |name: &str| {
        map.get(name)
            .map(|value| scalar(value).map_or_else(|| brief(value), Cow::into_owned))
    };
    let protocol = text("IpProtocol")
        .unwrap_or_else(|| "-1".to_owned())
        .to_ascii_lowercase();
    let protocol = if protocol == "all" { "-1".to_owned() } else { protocol };
    let peer = PEERS.iter().find_map(|name| Some((*name, map.get(*name)?)));
    let ports = text("FromPort").zip(text("ToPort").or_else(|| text("FromPort")));
    Rule {
        item,
        group,
        egress,
        path,
        ports: ports.filter(|(from, _)| protocol != "-1" && from != "-1"),
        protocol,
        peer: match peer {
            Some((name, value)) if !name.starts_with("Cidr") => group_of(value),
            Some((_, value)) => brief(value),
            None => "itself".to_owned(),
        },
    }
}

fn covers(old: &Rule<'_>, new: &Rule<'_>) -> bool {
    let ports = match (&old.ports, &new.ports) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(old), Some(new)) => {
            old == new
                || range(old)
                    .zip(range(new))
                    .is_some_and(|(a, b)| a.0 <= b.0 && b.1 <= a.1)
        }
    };
    old.group == new.group
        && old.egress == new.egress
        && (old.protocol == "-1" || old.protocol == new.protocol)
        && ports
        && (old.peer == new.peer || holds(&old.peer, &new.peer))
}

fn range((from, to): &(String, String)) -> Option<(i64, i64)> {
    Some((from.parse().ok()?, to.parse().ok()?))
}

/// Whether one block of addresses holds the other.
pub(in crate::review) fn holds(outer: &str, inner: &str) -> bool {
    Block::parse(outer)
        .zip(Block::parse(inner))
        .is_some_and(|(outer, inner)| outer.holds(inner))
}
