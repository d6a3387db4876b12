//! The fields of a kustomization: kustomize takes no others, and no other types.
//!
//! <https://github.com/kubernetes-sigs/kustomize/blob/master/api/types/kustomization.go>

use super::edit;
use super::fault::Told;
use crate::read::{Kind, Node};
use crate::schema::nearest;

/// What may stand in a field.
#[derive(Clone, Copy)]
enum Shape {
    Text,
    Bool,
    Number,
    /// Anything: what nobody reads here.
    Any,
    /// Texts by any key.
    Texts,
    List(&'static Shape),
    Map(&'static [(&'static str, Shape)]),
}

use Shape::{Any, Bool, List, Map, Number, Text, Texts};

const NAMES: Shape = List(&Text);

const TARGET: Shape = Map(&[
    ("annotationSelector", Text),
    ("group", Text),
    ("kind", Text),
    ("labelSelector", Text),
    ("name", Text),
    ("namespace", Text),
    ("version", Text),
]);

const PATCH: Shape = Map(&[("options", Any), ("patch", Text), ("path", Text), ("target", TARGET)]);

const OPTIONS: Shape = Map(&[
    ("annotations", Texts),
    ("disableNameSuffixHash", Bool),
    ("immutable", Bool),
    ("labels", Texts),
]);

const GENERATOR: Shape = Map(&[
    ("behavior", Text),
    ("env", Text),
    ("envs", NAMES),
    ("files", NAMES),
    ("literals", NAMES),
    ("name", Text),
    ("namespace", Text),
    ("options", OPTIONS),
    ("type", Text),
]);

const IMAGE: Shape = Map(&[
    ("digest", Text),
    ("name", Text),
    ("newName", Text),
    ("newTag", Text),
    ("tagSuffix", Text),
]);

const LABEL: Shape = Map(&[
    ("fields", Any),
    ("includeSelectors", Bool),
    ("includeTemplates", Bool),
    ("pairs", Texts),
]);

const KUSTOMIZATION: &[(&str, Shape)] = &[
    ("apiVersion", Text),
    ("bases", NAMES),
    ("buildMetadata", NAMES),
    ("commonAnnotations", Texts),
    ("commonLabels", Texts),
    ("components", NAMES),
    ("configMapGenerator", List(&GENERATOR)),
    ("configurations", NAMES),
    ("crds", NAMES),
    ("generatorOptions", OPTIONS),
    ("generators", NAMES),
    ("helmChartInflationGenerator", Any),
    ("helmCharts", Any),
    ("helmGlobals", Any),
    ("images", List(&IMAGE)),
    ("kind", Text),
    ("labels", List(&LABEL)),
    ("metadata", Any),
    ("namePrefix", Text),
    ("nameSuffix", Text),
    ("namespace", Text),
    ("openapi", Any),
    ("patches", List(&PATCH)),
    ("patchesJson6902", List(&PATCH)),
    ("patchesStrategicMerge", NAMES),
    ("replacements", Any),
    ("replicas", List(&Map(&[("count", Number), ("name", Text)]))),
    ("resources", NAMES),
    ("secretGenerator", List(&GENERATOR)),
    ("sortOptions", Any),
    ("transformers", NAMES),
    ("validators", NAMES),
    ("vars", Any),
];

/// What is not built here, and what that leaves out.
const UNREAD: [(&str, &str); 8] = [
    ("configurations", "so what it says of custom resources is not followed"),
    ("crds", "so references of custom resources are not followed"),
    ("generators", "so the objects that they make are not judged"),
    (
        "helmChartInflationGenerator",
        "so the objects of the chart are not judged",
    ),
    ("helmCharts", "so the objects of the chart are not judged"),
    ("openapi", "so custom resources are patched without their schema"),
    ("transformers", "so what they change is not seen"),
    ("vars", "so what they fill in is not seen"),
];

/// The same with the names of fields as they are written here: kustomize does not ask for their case.
pub(super) fn canonical(root: &Node) -> Node {
    let mut root = root.clone();
    rename(&mut root, &Map(KUSTOMIZATION));
    root
}

fn rename(node: &mut Node, shape: &Shape) {
    match (shape, &mut node.kind) {
        (List(items), Kind::List(list)) => list.iter_mut().for_each(|item| rename(item, items)),
        (Map(fields), Kind::Map(_)) => {
            let mut entries = edit::take(node);
            for entry in &mut entries {
                let known = fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(&entry.key));
                if let Some((name, shape)) = known {
                    (*name).clone_into(&mut entry.key);
                    rename(&mut entry.value, shape);
                }
            }
            *node = edit::map(entries, node.at);
        }
        _ => {}
    }
}

/// Looks at every field, and tells what is not built here.
pub(super) fn check(root: &Node, told: &mut Told) {
    look(root, &Map(KUSTOMIZATION), "", told);
    for (key, what) in UNREAD {
        let Some(node) = root.get(key) else { continue };
        if node.list().is_none_or(|items| !items.is_empty()) && node.kind != Kind::Null {
            let at = root
                .map()
                .and_then(|map| map.entry(key))
                .map_or(node.at, |entry| entry.key_at);
            let help = "render it and judge what comes out: kubectl kustomize FOLDER | synth validate -";
            told.unread(at, format!("`{key}` is not read, {what}"), help);
        }
    }
}

fn look(node: &Node, shape: &Shape, name: &str, told: &mut Told) {
    let wanted = match (shape, &node.kind) {
        (_, Kind::Null) | (Any, _) | (Text, Kind::Text(_)) | (Bool, Kind::Bool(_)) | (Number, Kind::Number(_)) => {
            return;
        }
        (List(items), Kind::List(list)) => return list.iter().for_each(|item| look(item, items, name, told)),
        (Texts, Kind::Map(map)) => {
            return map.iter().for_each(|entry| look(&entry.value, &Text, &entry.key, told));
        }
        (Map(fields), Kind::Map(map)) => {
            for entry in map {
                match fields.iter().find(|(field, _)| *field == entry.key) {
                    Some((field, shape)) => look(&entry.value, shape, field, told),
                    None => unknown(&entry.key, entry.key_at, fields, told),
                }
            }
            return;
        }
        (Text, _) => "a string",
        (Bool, _) => "true or false",
        (Number, _) => "a number",
        (List(_), _) => "a list",
        (Texts | Map(_), _) => "a map",
    };
    let help = match (shape, &node.kind) {
        (Text, Kind::Number(_) | Kind::Bool(_)) => "put it in quotes".to_owned(),
        _ => format!("write {wanted}"),
    };
    told.refused(
        node.at,
        format!("`{name}` is {wanted}, found {}", node.kind_name()),
        help,
    );
}

fn unknown(key: &str, at: crate::read::Span, fields: &[(&'static str, Shape)], told: &mut Told) {
    let help = match nearest(key, fields.iter().map(|(name, _)| *name)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "take it out".to_owned(),
    };
    told.refused(at, format!("kustomize has no field `{key}` here"), help);
}
