//! What gets wider by a change of blocks: ports, addresses, who reads a bucket.

use serde_json::Value as Json;

use super::part::Part;
use crate::review::wider::{What, Wider, holds};

fn tell(part: &Part, what: What, path: &str, text: impl Into<String>, told: &mut Vec<Wider>) {
    told.push(Wider {
        files: vec![part.file.clone()],
        id: part.id(),
        kind: part.title(),
        line: part.line,
        what,
        path: path.to_owned(),
        text: text.into(),
        row: None,
    });
}

/// What gets wider by a block that is new or changed.
pub(super) fn of(old: Option<&Part>, new: &Part, told: &mut Vec<Wider>) {
    if !new.is_resource() {
        return;
    }
    if let Some(old) = old {
        unguarded(old, new, told);
    }
    let closed = |part: &Part| part.value.get("public_access_prevention").and_then(Json::as_str) == Some("enforced");
    let addressed = has_address(new) && !old.is_some_and(has_address);
    match new.kind.as_str() {
        "google_compute_firewall" if is_on(new) => {
            let old = old.filter(|old| is_on(old));
            ranges(old, new, told);
            if let Some(old) = old {
                ports(old, new, told);
                machines(old, new, told);
            }
        }
        "google_compute_instance" if addressed => {
            let text = "it gets an address that everybody reaches";
            tell(new, What::Public, "network_interface", text, told);
        }
        "google_storage_bucket" if old.is_some_and(closed) && !closed(new) => {
            let text = "it may be opened to everybody";
            tell(new, What::Public, "public_access_prevention", text, told);
        }
        _ => {}
    }
}

/// What no longer keeps a resource from being deleted.
fn unguarded(old: &Part, new: &Part, told: &mut Vec<Wider>) {
    let held = |part: &Part| part.value.get("deletion_protection") == Some(&Json::Bool(true));
    let kept = (old.prevents_destroy(), new.prevents_destroy());
    for (path, (before, after)) in [
        ("lifecycle.prevent_destroy", kept),
        ("deletion_protection", (held(old), held(new))),
    ] {
        if before && !after {
            tell(new, What::Protection, path, "a plan may delete it", told);
        }
    }
}

/// What gets wider by a block that goes.
pub(super) fn gone(old: &Part, told: &mut Vec<Wider>) {
    if old.kind == "google_compute_firewall" && is_on(old) && old.value.contains_key("deny") {
        tell(
            old,
            What::Network,
            "deny",
            "what it denied is no longer denied by it",
            told,
        );
    }
}

fn is_on(part: &Part) -> bool {
    part.value.get("disabled") != Some(&Json::Bool(true))
}

fn has_address(part: &Part) -> bool {
    let interfaces = part.value.get("network_interface").and_then(Json::as_array);
    interfaces
        .into_iter()
        .flatten()
        .any(|one| one.get("access_config").is_some())
}

fn texts<'a>(part: &'a Part, key: &str) -> Vec<&'a str> {
    let list = part.value.get(key).and_then(Json::as_array);
    list.into_iter().flatten().filter_map(Json::as_str).collect()
}

/// What a rule lets through, a line each: `tcp 22`.
fn allowed(part: &Part) -> Vec<String> {
    let blocks = part.value.get("allow").and_then(Json::as_array).into_iter().flatten();
    let each = blocks.flat_map(|block| {
        let protocol = block.get("protocol").map(plain).unwrap_or_default();
        let ports = block
            .get("ports")
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
            .map(plain);
        let ports: Vec<String> = ports.map(|port| format!("{protocol} {port}")).collect();
        if ports.is_empty() {
            vec![format!("{protocol} at every port")]
        } else {
            ports
        }
    });
    each.collect()
}

fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn is_public(range: &str) -> bool {
    range.ends_with("/0")
}

/// Who reaches what is let through, and did not before.
fn ranges(old: Option<&Part>, new: &Part, told: &mut Vec<Wider>) {
    let known = old.map(|old| texts(old, "source_ranges")).unwrap_or_default();
    let is_known = |range: &str| known.iter().any(|known| *known == range || holds(known, range));
    let through = allowed(new).join(", ");
    for range in texts(new, "source_ranges").into_iter().filter(|range| !is_known(range)) {
        if !through.is_empty() {
            let what = if is_public(range) { What::Public } else { What::Network };
            tell(new, what, "source_ranges", format!("{range} reaches {through}"), told);
        }
    }
}

/// What is let through, and was not before.
fn ports(old: &Part, new: &Part, told: &mut Vec<Wider>) {
    if old.value.contains_key("deny") && !new.value.contains_key("deny") {
        let text = "what it denied is no longer denied by it";
        tell(new, What::Network, "deny", text, told);
    }
    let before = allowed(old);
    let opened: Vec<String> = allowed(new).into_iter().filter(|port| !before.contains(port)).collect();
    if !opened.is_empty() {
        let public = texts(new, "source_ranges").into_iter().any(is_public);
        let what = if public { What::Public } else { What::Network };
        let text = format!("{} is let through", opened.join(", "));
        tell(new, what, "allow", text, told);
    }
}

/// Which machines it is for, and was not before.
fn machines(old: &Part, new: &Part, told: &mut Vec<Wider>) {
    for key in ["target_tags", "target_service_accounts"] {
        let before = texts(old, key);
        let more: Vec<&str> = texts(new, key)
            .into_iter()
            .filter(|tag| !before.contains(tag))
            .collect();
        if !before.is_empty() && !new.value.contains_key(key) {
            tell(new, What::Network, key, "it is for every machine of the network", told);
        } else if !before.is_empty() && !more.is_empty() {
            let text = format!("it is for {} too", more.join(", "));
            tell(new, What::Network, key, text, told);
        }
    }
}
