//! Macros: what rewrites a template before it is deployed.

use crate::read::{Document, Entry, Kind, Map, Node};

/// AWS's macros that leave what is written as it is; what each of them adds has names of its own.
const KNOWN: [&str; 6] = [
    "AWS::CodeDeployBlueGreen",
    "AWS::CodeStar",
    "AWS::LanguageExtensions",
    "AWS::SecretsManager-",
    "AWS::Serverless-",
    "AWS::ServiceCatalog",
];

/// The macros that the section `Transform` names, in their order.
#[must_use]
pub fn names(document: &Document) -> Vec<(&Node, &str)> {
    let Some(node) = document.root.get("Transform") else {
        return Vec::new();
    };
    let all = node.list().unwrap_or(std::slice::from_ref(node)).iter();
    all.filter_map(|item| Some((item, name(item)?))).collect()
}

/// The name of a macro, which may stand in a map with its parameters.
fn name(node: &Node) -> Option<&str> {
    let inner = node.get("Fn::Transform").unwrap_or(node);
    inner.text().or_else(|| inner.get("Name")?.text())
}

/// Whether a document is transformed by a macro whose name begins so.
#[must_use]
pub fn has(document: &Document, prefix: &str) -> bool {
    names(document).iter().any(|(_, name)| name.starts_with(prefix))
}

/// Whether a macro is somebody's own, so that nothing is known of what it does.
#[must_use]
pub fn is_own(name: &str) -> bool {
    name != "AWS::Include" && !KNOWN.iter().any(|known| name.starts_with(known))
}

/// Whether a macro or a loop that is not expanded writes sections, entries of sections or parts of a resource, so that
/// the names of a template are not all there.
#[must_use]
pub fn adds_names(document: &Document) -> bool {
    let other = |(_, name): &(&Node, &str)| *name == "AWS::Include" || is_own(name);
    if names(document).iter().any(other) {
        return true;
    }
    let Some(root) = document.root.map() else { return false };
    let writes = |map: &Map| map.iter().any(writer);
    let entry = |entry: &Entry| entry.value.map().is_some_and(writes);
    let section = |section: &Entry| {
        let map = section
            .value
            .map()
            .filter(|_| section.key != "Metadata" && section.key != "Transform");
        map.is_some_and(|map| writes(map) || (section.key == "Resources" && map.iter().any(entry)))
    };
    writes(root) || root.iter().any(section)
}

/// Whether something reads or writes what cannot be seen, anywhere below a node.
pub fn hides(node: &Node) -> bool {
    match &node.kind {
        Kind::List(items) => items.iter().any(hides),
        Kind::Map(map) => map.iter().any(|entry| writer(entry) || hides(&entry.value)),
        _ => false,
    }
}

fn writer(entry: &Entry) -> bool {
    entry.key.starts_with("Fn::ForEach") || entry.key == "Fn::Transform"
}
