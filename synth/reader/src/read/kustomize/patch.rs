//! Patches, and what they are for.

use super::edit;
use super::fault::Told;
use super::id::Id;
use super::json_patch;
use super::merge;
use super::reader::{Reader, is_on, list, text};
use super::resource::Resource;
use super::select;
use crate::read::manifest::is_manifest;
use crate::read::{Document, Kind, Map, Node, Span};

/// Applies `patchesStrategicMerge`: paths of files, or patches as they are.
pub(super) fn strategic(reader: &mut Reader<'_>, root: &Node, folder: &str, resources: &mut Vec<Resource>) {
    for node in list(root, "patchesStrategicMerge") {
        let Some(name) = node.text() else { continue };
        let documents = if name.contains('\n') || name.contains(": ") {
            reader.inside(node)
        } else {
            reader
                .documents(folder, name, node.at)
                .map(|documents| documents.to_vec())
        };
        for document in documents.unwrap_or_default() {
            to_named(&document.root, resources, &mut reader.told);
        }
    }
}

/// Applies `patches`, of either kind.
pub(super) fn all(reader: &mut Reader<'_>, root: &Node, folder: &str, resources: &mut Vec<Resource>) {
    for patch in list(root, "patches") {
        for document in content(reader, patch, folder) {
            one(reader, patch, &document.root, resources);
        }
    }
}

/// Applies `patchesJson6902`.
pub(super) fn json(reader: &mut Reader<'_>, root: &Node, folder: &str, resources: &mut [Resource]) {
    for patch in list(root, "patchesJson6902") {
        for document in content(reader, patch, folder) {
            if let Some(target) = patch.get("target") {
                operations(&document.root, target, resources, &mut reader.told);
            }
        }
    }
}

/// The documents of a patch, in its file or as they are.
fn content(reader: &mut Reader<'_>, patch: &Node, folder: &str) -> Vec<Document> {
    match (
        text(patch, "path"),
        patch.get("patch").filter(|node| node.text().is_some()),
    ) {
        (Some((name, at)), None) => reader.documents(folder, name, at).map(|documents| documents.to_vec()),
        (None, Some(node)) => reader.inside(node),
        (Some((_, at)), Some(_)) => {
            reader
                .told
                .refused(at, "the patch has both `path` and `patch`", "leave one of them");
            None
        }
        (None, None) => {
            let help = "name its file by `path`, or write it under `patch`";
            reader.told.refused(patch.at, "this patch has no content", help);
            None
        }
    }
    .unwrap_or_default()
}

fn one(reader: &mut Reader<'_>, entry: &Node, patch: &Node, resources: &mut Vec<Resource>) {
    let target = entry.get("target").filter(|node| node.kind != Kind::Null);
    if patch.list().is_some() {
        let Some(target) = target else {
            let help = "say by `target` which objects it changes";
            return reader
                .told
                .refused(patch.at, "a JSON 6902 patch has no name of its own", help);
        };
        return operations(patch, target, resources, &mut reader.told);
    }
    let Some(target) = target else {
        return to_named(patch, resources, &mut reader.told);
    };
    let found = select::targets(target, resources, &mut reader.told);
    if found.is_empty() {
        return idle(target, &mut reader.told);
    }
    let keeps = Keeps {
        name: !is_on(entry, &["options", "allowNameChange"]),
        kind: !is_on(entry, &["options", "allowKindChange"]),
    };
    for number in found.into_iter().rev() {
        merged(resources, number, patch, keeps, &mut reader.told);
    }
}

fn idle(target: &Node, told: &mut Told) {
    if !told.partial {
        let help = "select what is there: each is a regular expression for the whole of the text";
        told.idle(
            target.at,
            "the target selects nothing, so the patch changes nothing",
            help,
        );
    }
}

fn operations(patch: &Node, target: &Node, resources: &mut [Resource], told: &mut Told) {
    let Some(operations) = patch.list() else {
        return told.refused(patch.at, "a JSON 6902 patch is a list", "write a list of operations");
    };
    let found = select::targets(target, resources, told);
    if found.is_empty() {
        idle(target, told);
    }
    for number in found {
        resources[number].remember();
        let root = resources[number].root_mut();
        let bare = root.dig(&["metadata", "annotations"]).is_none();
        // kustomize keeps notes of its own in annotations, so that a patch finds some.
        if let Some(metadata) = edit::get_mut(root, "metadata").filter(|_| bare) {
            edit::set(metadata, edit::entry("annotations", edit::map(Vec::new(), target.at)));
        }
        json_patch::apply(root, operations, told);
        let empty = root
            .dig(&["metadata", "annotations"])
            .and_then(Node::map)
            .is_some_and(Map::is_empty);
        if let Some(metadata) = edit::get_mut(root, "metadata").filter(|_| bare && empty) {
            edit::remove(metadata, "annotations");
        }
    }
}

/// What of an object a patch cannot change.
#[derive(Clone, Copy)]
struct Keeps {
    name: bool,
    kind: bool,
}

/// Merges a patch into the object that it names.
fn to_named(patch: &Node, resources: &mut Vec<Resource>, told: &mut Told) {
    let at = patch.dig(&["metadata", "name"]).unwrap_or(patch).at;
    if !is_manifest(patch) {
        let help = "give it the `apiVersion`, `kind` and `metadata.name` of what it changes, or a `target`";
        return told.refused(at, "the patch does not say which object it changes", help);
    }
    let wanted = Id::of(patch);
    let found = resources
        .iter()
        .position(|resource| resource.ids().iter().any(|id| id.is(&wanted)));
    match found {
        Some(number) => {
            let keeps = Keeps { name: true, kind: true };
            merged(resources, number, patch, keeps, told);
        }
        None if told.partial => {}
        None => nothing(&wanted, at, resources, told),
    }
}

fn nothing(wanted: &Id, at: Span, resources: &[Resource], told: &mut Told) {
    let ids = || resources.iter().flat_map(Resource::ids);
    let names: Vec<String> = ids().filter(|id| id.kind == wanted.kind).map(|id| id.name).collect();
    let near = || crate::schema::nearest(&wanted.name, names.iter().map(String::as_str));
    let same = ids().find(|id| id.name == wanted.name && id.is_kind(wanted));
    let help = match (same.map(|id| id.namespace), near()) {
        (Some(Some(namespace)), _) => {
            format!("the object is in the namespace `{namespace}`: write that in the patch too")
        }
        (Some(None), _) => "the object says no namespace: leave it out of the patch too".to_owned(),
        (None, Some(near)) => format!("did you mean `{near}`?"),
        (None, None) => "name an object by kind, apiVersion, name and namespace as its file does".to_owned(),
    };
    told.refused(at, format!("there is no {} to patch", wanted.title()), help);
}

fn merged(resources: &mut Vec<Resource>, number: usize, patch: &Node, keeps: Keeps, told: &mut Told) {
    if !keeps.name || !keeps.kind {
        resources[number].remember();
    }
    let root = resources[number].root_mut();
    let kept = |keys: &'static [&str]| (keys, root.dig(keys).cloned());
    let mut stays = vec![kept(&["metadata", "namespace"])];
    if keeps.kind {
        stays.extend([kept(&["kind"]), kept(&["apiVersion"])]);
    }
    if keeps.name {
        stays.push(kept(&["metadata", "name"]));
    }
    let schema = merge::schema(root);
    let empty = Node {
        at: root.at,
        kind: Kind::Null,
    };
    let Some(mut new) = merge::merge(std::mem::replace(root, empty), patch, schema, told) else {
        resources.remove(number);
        return;
    };
    for (keys, value) in stays {
        let (last, above) = keys.split_last().unwrap_or((&"", &[]));
        let parent = above.iter().try_fold(&mut new, |node, key| edit::get_mut(node, key));
        match (parent, value) {
            (Some(parent), Some(value)) => edit::set(parent, edit::entry(last, value)),
            (Some(parent), None) => _ = edit::remove(parent, last),
            (None, _) => {}
        }
    }
    *resources[number].root_mut() = new;
}
