//! ConfigMaps and Secrets that kustomize makes of files, variables and texts:
//! <https://github.com/kubernetes-sigs/kustomize/blob/master/api/kv/kv.go>.

use super::edit;
use super::id::Id;
use super::reader::{Reader, is_on, list, text};
use super::resource::Resource;
use crate::read::{Document, Entry, Kind, Node, Span};

/// A key, where it is named, and its value.
type Pair = (String, Span, Vec<u8>);

/// Adds what the generators of a kustomization make.
pub(super) fn all(reader: &mut Reader<'_>, root: &Node, folder: &str, resources: &mut Vec<Resource>) {
    let common = root.get("generatorOptions");
    for (key, kind) in [("configMapGenerator", "ConfigMap"), ("secretGenerator", "Secret")] {
        for generator in list(root, key) {
            let pairs = pairs(reader, generator, folder);
            let made = made(generator, kind, pairs, common);
            absorb(reader, generator, made, resources);
        }
    }
}

fn pairs(reader: &mut Reader<'_>, generator: &Node, folder: &str) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let named = |node: &Node| node.text().map(|text| (text.to_owned(), node.at));
    let envs = list(generator, "envs").iter().chain(generator.get("env"));
    for (name, at) in envs.filter_map(named) {
        let text = reader.named(folder, &name, at);
        pairs.extend(variables(&text.unwrap_or_default(), at));
    }
    for (literal, at) in list(generator, "literals").iter().filter_map(named) {
        match literal.split_once('=').filter(|(key, _)| !key.is_empty()) {
            Some((key, value)) => pairs.push((key.to_owned(), at, unquoted(value).into())),
            None => reader
                .told
                .refused(at, format!("`{literal}` has no key"), "write key=value"),
        }
    }
    for (file, at) in list(generator, "files").iter().filter_map(named) {
        let (key, path) = match file.split_once('=') {
            Some((key, path)) => (key, path),
            None => (file.rsplit('/').next().unwrap_or(&file), file.as_str()),
        };
        if let Some(bytes) = reader.named(folder, path, at) {
            pairs.push((key.to_owned(), at, bytes));
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    pairs.retain(|(key, at, _)| {
        let is_new = seen.insert(key.clone());
        if !is_new {
            reader
                .told
                .refused(*at, format!("the key `{key}` is there twice"), "leave one of them");
        }
        is_new
    });
    pairs
}

/// The lines `KEY=value` of a file; comments and empty lines are none.
fn variables(bytes: &[u8], at: Span) -> Vec<Pair> {
    let text = String::from_utf8_lossy(bytes);
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim_start);
    let filled = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let pair = |line: &str| {
        let (key, value) = line.split_once('=').unwrap_or((line, ""));
        (key.to_owned(), at, value.into())
    };
    filled.map(pair).collect()
}

fn unquoted(value: &str) -> &str {
    let quoted = |quote| value.len() > 1 && value.starts_with(quote) && value.ends_with(quote);
    if quoted('"') || quoted('\'') {
        &value[1..value.len() - 1]
    } else {
        value
    }
}

/// The object of a generator.
fn made(generator: &Node, kind: &str, pairs: Vec<Pair>, common: Option<&Node>) -> Resource {
    let at = generator.get("name").unwrap_or(generator).at;
    let told = |key: &str, value: &str| edit::entry(key, edit::text(value, at));
    let named = |key: &str| Some(edit::entry(key, generator.get(key)?.clone()));
    let mut metadata: Vec<Entry> = ["name", "namespace"].into_iter().filter_map(named).collect();
    for key in ["labels", "annotations"] {
        let of = |options: Option<&Node>| options.and_then(|node| node.get(key)?.map()).cloned();
        let entries = [of(common), of(generator.get("options"))].into_iter().flatten();
        let entries: Vec<Entry> = entries.flat_map(crate::read::Map::into_entries).collect();
        if !entries.is_empty() {
            metadata.push(edit::entry(key, edit::map(entries, at)));
        }
    }
    let mut entries = vec![told("apiVersion", "v1"), told("kind", kind)];
    entries.push(edit::entry("metadata", edit::map(metadata, at)));
    let is = |key: &str| is_on(generator, &["options", key]) || common.is_some_and(|node| is_on(node, &[key]));
    if is("immutable") {
        entries.push(edit::entry(
            "immutable",
            Node {
                at,
                kind: Kind::Bool(true),
            },
        ));
    }
    if kind == "Secret" {
        entries.push(named("type").unwrap_or_else(|| told("type", "Opaque")));
    }
    entries.extend(data(kind, pairs, at));
    let document = Document {
        file: String::new(),
        text: "".into(),
        root: edit::map(entries, generator.at),
        duplicates: Vec::new(),
        used: Vec::new(),
        parts: std::sync::Arc::new([]),
    };
    let mut resource = Resource::new(document);
    resource.hashed = !is("disableNameSuffixHash");
    resource
}

/// The maps with the content.
fn data(kind: &str, pairs: Vec<Pair>, at: Span) -> impl Iterator<Item = Entry> {
    let secret = kind == "Secret";
    let (mut plain, mut binary) = (Vec::new(), Vec::new());
    for (key, at, bytes) in pairs {
        let entry = |text: String| edit::entry(&key, edit::text(text, at));
        match String::from_utf8(bytes) {
            Ok(text) if kind == "ConfigMap" => plain.push(entry(text)),
            Ok(text) => plain.push(entry(base64(text.as_bytes()))),
            Err(error) if kind == "ConfigMap" => binary.push(entry(base64(error.as_bytes()))),
            Err(error) => plain.push(entry(base64(error.as_bytes()))),
        }
    }
    let maps = [("data", plain), ("binaryData", binary)].into_iter();
    let maps = maps.filter(move |(key, entries)| !entries.is_empty() || (secret && *key == "data"));
    maps.map(move |(key, entries)| edit::entry(key, edit::map(entries, at)))
}

/// Base64 in lines of seventy letters, if there are more.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const LINE: usize = 70;
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let number = three
            .iter()
            .fold(0_usize, |number, byte| number << 8 | usize::from(*byte))
            << (8 * (3 - three.len()));
        let letter = |at: usize| char::from(LETTERS[number >> (18 - 6 * at) & 63]);
        text.extend((0..4).map(|at| if at <= three.len() { letter(at) } else { '=' }));
    }
    if text.len() < LINE {
        return text;
    }
    let lines = text
        .as_bytes()
        .chunks(LINE)
        .map(|line| format!("{}\n", String::from_utf8_lossy(line)));
    lines.collect()
}

/// Adds what was made, or changes what is there, as `behavior` says.
fn absorb(reader: &mut Reader<'_>, generator: &Node, mut new: Resource, resources: &mut Vec<Resource>) {
    let (id, at) = (new.id(), new.at());
    let behavior = text(generator, "behavior").map_or("create", |(behavior, _)| behavior);
    let is = |ids: Vec<Id>| ids.iter().any(|other| other.is(&id));
    let Some(number) = resources.iter().position(|resource| is(resource.ids())) else {
        if matches!(behavior, "merge" | "replace") && !reader.told.partial {
            let help = "name it as the base does, or leave out `behavior`";
            return reader
                .told
                .refused(at, format!("there is no {} to {behavior}", id.title()), help);
        }
        return resources.push(new);
    };
    if !matches!(behavior, "merge" | "replace") {
        let help = "say `behavior: merge` or `behavior: replace`, or give it another name";
        return reader
            .told
            .refused(at, format!("{} is there already", id.title()), help);
    }
    changed(&mut new, &resources[number], behavior == "merge");
    resources[number] = new;
}

/// Takes over what stays of the object that was there.
fn changed(new: &mut Resource, old: &Resource, merge: bool) {
    let data: &[&[&str]] = if merge { &[&["data"], &["binaryData"]] } else { &[] };
    let both: [&[&str]; 2] = [&["metadata", "labels"], &["metadata", "annotations"]];
    for keys in both.iter().chain(data) {
        let Some(before) = old.root().dig(keys).filter(|node| node.map().is_some()) else {
            continue;
        };
        let (last, above) = keys.split_last().unwrap_or((&"", &[]));
        let parent = above
            .iter()
            .try_fold(new.root_mut(), |node, key| edit::get_mut(node, key));
        let Some(parent) = parent else { continue };
        let mut entries = edit::take(&mut before.clone());
        entries.extend(edit::get_mut(parent, last).map(edit::take).unwrap_or_default());
        edit::set(parent, edit::entry(last, edit::map(entries, before.at)));
    }
    for key in ["name", "namespace"] {
        let metadata = edit::get_mut(new.root_mut(), "metadata");
        if let (Some(value), Some(metadata)) = (old.root().dig(&["metadata", key]), metadata) {
            edit::set(metadata, edit::entry(key, value.clone()));
        }
    }
    new.before.clone_from(&old.before);
    new.affixes.clone_from(&old.affixes);
    new.hashed &= old.hashed;
}
