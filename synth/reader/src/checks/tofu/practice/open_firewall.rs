use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::tofu::{Block, bodies};
use crate::read::{Map, Node};

pub(super) const RULE: Rule = Rule {
    name: "open-firewall",
    why: "Whoever leaves the port of SSH, of remote desktops or of a cluster's API open to everybody is found within \
          minutes and tried for ever. Google's tunnel for administrators comes from 35.235.240.0/20 and asks who they are.",
    link: "https://cloud.google.com/iap/docs/using-tcp-forwarding#create-firewall-rule",
    level: Level::Warning,
    family: Family::Practice,
    example: r#"
{"resource": {"google_compute_firewall": {"ssh": {
  "name": "ssh", "network": "main", "source_ranges": ["0.0.0.0/0"],
  "allow": {"protocol": "tcp", "ports": ["22"]}
}}}, "terraform": {"required_providers": {"google": {"version": "8.7.0"}}}}
"#,
    instead: r#"
{"resource": {"google_compute_firewall": {"ssh": {
  "name": "ssh", "network": "main", "source_ranges": ["35.235.240.0/20"],
  "allow": {"protocol": "tcp", "ports": ["22"]}
}}}, "terraform": {"required_providers": {"google": {"version": "8.7.0"}}}}
"#,
    check,
};

/// Ports that only few people need.
const GUARDED: [(u16, &str); 6] = [
    (22, "SSH"),
    (2379, "etcd"),
    (2380, "etcd"),
    (3389, "remote desktops"),
    (6443, "the API server of Kubernetes"),
    (10250, "the kubelet of Kubernetes"),
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for block in set
        .modules
        .resources("google_compute_firewall")
        .filter(|block| lets_in(block))
    {
        let Some(range) = everybody(block) else { continue };
        let mut allowed = block
            .entries()
            .filter(|entry| entry.key == "allow")
            .flat_map(|entry| bodies(&entry.value));
        let Some(what) = allowed.find_map(guarded) else {
            continue;
        };
        let draft = report.value(range, format!("everybody reaches {what}"));
        draft.help("name the ranges that may, or 35.235.240.0/20 for Google's tunnel");
    }
}

fn lets_in(block: &Block<'_>) -> bool {
    let outward = block.get("direction").and_then(Node::text) == Some("EGRESS");
    let disabled = block.get("disabled").and_then(Node::as_bool) == Some(true);
    !outward && !disabled
}

/// The range of a rule that everybody is in.
fn everybody<'a>(block: &Block<'a>) -> Option<&'a Node> {
    let ranges = block.get("source_ranges")?.list()?;
    ranges
        .iter()
        .find(|range| range.text().is_some_and(|text| text.ends_with("/0")))
}

/// What stands behind the ports of an `allow`, if it is guarded elsewhere.
fn guarded(allow: &Map) -> Option<String> {
    let protocol = allow.get("protocol")?.scalar()?.to_ascii_lowercase();
    let all = protocol == "all";
    if !all && protocol != "tcp" && protocol != "6" {
        return None;
    }
    let ports = allow.get("ports").and_then(Node::list).unwrap_or_default();
    if all || ports.is_empty() && allow.get("ports").is_none_or(|ports| ports.list().is_some()) {
        return Some("every port".to_owned());
    }
    let holds = |port: u16| ports.iter().filter_map(Node::scalar).any(|range| within(&range, port));
    let (port, what) = GUARDED.iter().find(|(port, _)| holds(*port))?;
    Some(format!("port {port}, that of {what}"))
}

/// Whether `22` or `20-25` holds a port.
fn within(range: &str, port: u16) -> bool {
    let (first, last) = range.split_once('-').unwrap_or((range, range));
    let (first, last) = (first.trim().parse::<u16>(), last.trim().parse::<u16>());
    matches!((first, last), (Ok(first), Ok(last)) if first <= port && port <= last)
}
