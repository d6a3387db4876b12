//! The kinds of Kubernetes as Rust types: what they reach is gathered first, then printed.

mod kinds;
mod print;

use std::collections::{BTreeMap, BTreeSet};

use crate::Failure;
use crate::emit::pascal;
use crate::schema::kubernetes::{self, Node, Type, Version};

use kinds::{KINDS, LEFT_OUT, ONLY, REFERENCES};

/// The version whose fields the types have. What an older one lacks, the checks say.
const VERSION: Version = Version::NEWEST;

/// A part with fields: the module and the name that its type gets.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    module: String,
    name: String,
}

/// A part with fields.
struct Part {
    /// What the schema calls it.
    definition: String,
    node: Node,
    /// The api version, the name and whether it stands in a namespace, if its objects stand by themselves.
    kind: Option<(&'static str, &'static str, bool)>,
}

/// The files of `synth/src/k8s/` and their texts, before they are formatted.
pub(crate) fn modules() -> Result<Vec<(String, String)>, Failure> {
    let mut used = BTreeSet::new();
    let mut by_module: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (place, part) in reached()? {
        let text = print::part(&place, &part, &mut used);
        by_module.entry(place.module).or_default().push(text);
    }
    let unused = REFERENCES.iter().map(|(of, field, _)| (*of, *field));
    let unused: Vec<String> = unused
        .filter(|row| !used.contains(row))
        .map(|(of, field)| format!("{of}.{field}"))
        .collect();
    if !unused.is_empty() {
        return Err(Failure(format!("references that match nothing: {}", unused.join(", "))));
    }
    let mut files = vec![("mod.rs".to_owned(), print::root(by_module.keys()))];
    files.extend(
        by_module
            .into_iter()
            .map(|(module, types)| (format!("{module}.rs"), print::module(&module, &types.concat()))),
    );
    Ok(files)
}

/// Every part with fields that the kinds lead to.
fn reached() -> Result<BTreeMap<Place, Part>, Failure> {
    let mut found: BTreeMap<Place, Part> = BTreeMap::new();
    let mut left = Vec::new();
    for &(api_version, name) in KINDS {
        let kind = kubernetes::kind(VERSION, api_version, name)
            .ok_or_else(|| Failure(format!("Kubernetes {VERSION} has no {name} in {api_version}")))?;
        left.push(Part {
            definition: format!("{api_version}/{name}"),
            node: kind.root(),
            kind: Some((api_version, name, kind.namespaced())),
        });
    }
    while let Some(part) = left.pop() {
        let place = place(&part.definition);
        if found.contains_key(&place) {
            continue;
        }
        for (name, field) in fields(&part) {
            left.extend(inner(field).map(|node| Part {
                definition: definition(&place, name, node),
                node,
                kind: None,
            }));
        }
        found.insert(place, part);
    }
    Ok(found)
}

/// The part with fields that a place holds, or that its items or values are.
fn inner(node: Node) -> Option<Node> {
    match node.kind() {
        Type::Object => Some(node),
        Type::Array => inner(node.items()?),
        Type::Map => inner(node.values()?),
        _ => None,
    }
}

/// What a part is called: by its definition, or by where it stands.
fn definition(of: &Place, field: &str, node: Node) -> String {
    match node.definition() {
        Some(name) => name.to_owned(),
        None => format!("{}.v1.{}{}", of.module, of.name, pascal(field)),
    }
}

/// The fields that somebody writes.
fn fields(part: &Part) -> impl Iterator<Item = (&'static str, Node)> {
    let of_object = part.kind.is_some();
    let definition = part.definition.clone();
    part.node.fields().filter(move |(name, _)| {
        let ours = of_object && ["apiVersion", "kind", "metadata", "status"].contains(name);
        let left_out = LEFT_OUT
            .iter()
            .any(|(of, field)| definition.ends_with(of) && field == name);
        let only = ONLY.iter().find(|(of, _)| definition == *of);
        !ours && !left_out && only.is_none_or(|(_, fields)| fields.contains(name))
    })
}

/// `apps.v1.DeploymentSpec` is `DeploymentSpec` in `apps`, `networking.k8s.io/v1/Ingress` is `Ingress` in `networking`.
fn place(definition: &str) -> Place {
    let (module, name) = if let Some((api_version, name)) = definition.rsplit_once('/') {
        let group = kubernetes::group(api_version);
        // Two of Istio's groups begin as groups of Kubernetes do.
        let module = if group.ends_with(".istio.io") { "istio" } else { group };
        (module.split('.').next().unwrap_or_default(), name)
    } else {
        let mut parts = definition.split('.');
        (parts.next().unwrap_or_default(), parts.next_back().unwrap_or_default())
    };
    Place {
        module: if module.is_empty() { "core" } else { module }.replace('-', "_"),
        name: name.to_owned(),
    }
}
