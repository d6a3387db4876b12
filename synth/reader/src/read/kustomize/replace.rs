//! Replacements: a value of one object in others:
//! <https://github.com/kubernetes-sigs/kustomize/blob/master/api/filters/replacement/replacement.go>.

use super::edit;
use super::fault::Told;
use super::id::Id;
use super::reader::{Reader, is_on, list, text};
use super::resource::Resource;
use super::select::{holds, pattern};
use crate::read::{Kind, MAX_DEPTH, Node};

/// Does all replacements of a kustomization, those of files included.
pub(super) fn all(reader: &mut Reader<'_>, root: &Node, folder: &str, resources: &mut [Resource]) {
    for entry in list(root, "replacements") {
        let Some((name, at)) = text(entry, "path") else {
            one(entry, resources, &mut reader.told);
            continue;
        };
        let documents = reader.documents(folder, name, at);
        for document in documents.iter().flat_map(|documents| documents.iter()) {
            let entries = document.root.list().unwrap_or(std::slice::from_ref(&document.root));
            for entry in entries {
                one(entry, resources, &mut reader.told);
            }
        }
    }
}

fn one(entry: &Node, resources: &mut [Resource], told: &mut Told) {
    let Some(value) = source(entry, resources, told) else {
        return;
    };
    for target in list(entry, "targets") {
        let Some(select) = target.get("select") else { continue };
        let mut any = false;
        for resource in resources.iter_mut() {
            let fits = |node: &Node| is(node, resource);
            if !fits(select) || list(target, "reject").iter().any(fits) {
                continue;
            }
            any = true;
            let paths = list(target, "fieldPaths").iter().filter_map(Node::text);
            let paths: Vec<&str> = if target.get("fieldPaths").is_some() {
                paths.collect()
            } else {
                vec!["metadata.name"]
            };
            for path in paths {
                put(resource, path, target, &value, told);
            }
        }
        if !any && !told.partial {
            told.idle(
                select.at,
                "this selects nothing, so nothing is replaced",
                "select what is there",
            );
        }
    }
}

/// Whether an object is what a part of a replacement selects, by its name now or one before.
fn is(selector: &Node, resource: &Resource) -> bool {
    let wanted = |key: &str, value: &str| match selector.get(key).and_then(Node::text) {
        None | Some("") => true,
        Some(text) => pattern(text).is_some_and(|fits| fits(value)),
    };
    let fits = |id: &Id| {
        let namespace = id.namespace.as_deref().unwrap_or_default();
        wanted("group", &id.group)
            && wanted("version", &id.version)
            && wanted("kind", &id.kind)
            && wanted("name", &id.name)
            && (wanted("namespace", namespace) || id.place().is_some_and(|place| wanted("namespace", place)))
    };
    let labels = |key: &str, of: &str| {
        let selector = selector.get(key).and_then(Node::text).unwrap_or_default();
        holds(selector, resource.root().dig(&["metadata", of]).and_then(Node::map))
    };
    resource.ids().iter().any(fits) && labels("labelSelector", "labels") && labels("annotationSelector", "annotations")
}

fn source(entry: &Node, resources: &[Resource], told: &mut Told) -> Option<Node> {
    if let Some(value) = entry.get("sourceValue") {
        return Some(value.clone());
    }
    let source = entry.get("source")?;
    let mut found = resources.iter().filter(|resource| is(source, resource));
    let (first, second) = (found.next(), found.next());
    let (Some(resource), None) = (first, second) else {
        if !told.partial {
            let many = if second.is_some() { "several objects" } else { "nothing" };
            told.refused(
                source.at,
                format!("the source selects {many}"),
                "select one object by kind and name",
            );
        }
        return None;
    };
    let path = text(source, "fieldPath").map_or("metadata.name", |(path, _)| path);
    if !told.spend(edit::size(resource.root()), source.at) {
        return None;
    }
    let mut root = resource.root().clone();
    let mut value = None;
    each(&mut root, &steps(path), None, &mut |node| value = Some(node.clone()));
    let Some(value) = value else {
        told.refused(
            source.at,
            format!("the source has nothing at `{path}`"),
            "name a field that it has",
        );
        return None;
    };
    part(value, source.get("options"))
}

/// The part of a text that the options say.
fn part(value: Node, options: Option<&Node>) -> Option<Node> {
    let Some((delimiter, _)) = options.and_then(|options| text(options, "delimiter")) else {
        return Some(value);
    };
    let number = options
        .and_then(|options| options.get("index")?.as_f64())
        .unwrap_or_default();
    let whole = value.scalar().unwrap_or_default();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an index that is none finds nothing"
    )]
    let part = whole.split(delimiter).nth(number as usize).map(str::to_owned);
    Some(edit::text(part?, value.at))
}

fn put(resource: &mut Resource, path: &str, target: &Node, value: &Node, told: &mut Told) {
    let options = target.get("options");
    let create = options
        .is_some_and(|options| is_on(options, &["create"]))
        .then_some(value.at);
    let steps = steps(path);
    if steps.len() == 2 && steps[0] == "metadata" {
        resource.remember();
    }
    let mut found = false;
    // kustomize writes the labels and annotations of an object as texts.
    let texts =
        matches!(steps.as_slice(), [first, map, _] if first == "metadata" && (map == "annotations" || map == "labels"));
    let as_text = value.scalar().filter(|_| texts).map(|text| edit::text(text, value.at));
    let value = as_text.as_ref().unwrap_or(value);
    if steps.len() + edit::height(value) > MAX_DEPTH {
        return told.refused(
            value.at,
            format!("nested more than {MAX_DEPTH} levels deep"),
            "nest less",
        );
    }
    let cost = edit::size(value);
    let at = target.at;
    each(resource.root_mut(), &steps, create, &mut |node| {
        found = true;
        if told.spend(cost, at) {
            let kept = value.scalar().filter(|_| node.text().is_some());
            let value = kept.map_or_else(|| value.clone(), |text| edit::text(text, value.at));
            *node = filled(node, &value, options);
        }
    });
    if !found {
        let title = resource.id().title();
        told.refused(
            at,
            format!("{title} has nothing at `{path}`"),
            "name a field that it has, or say `create: true`",
        );
    }
}

/// The value as it stands in its place: all of it, or one of its parts.
fn filled(old: &Node, value: &Node, options: Option<&Node>) -> Node {
    let Some((delimiter, _)) = options.and_then(|options| text(options, "delimiter")) else {
        return value.clone();
    };
    let number = options
        .and_then(|options| options.get("index")?.as_f64())
        .unwrap_or_default();
    let (whole, new) = (old.scalar().unwrap_or_default(), value.scalar().unwrap_or_default());
    let mut parts: Vec<&str> = whole.split(delimiter).collect();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is no less than zero there"
    )]
    match number {
        number if number < 0.0 => parts.insert(0, &new),
        number if number as usize >= parts.len() => parts.push(&new),
        number => parts[number as usize] = &new,
    }
    edit::text(parts.join(delimiter), value.at)
}

/// The steps of a path such as `spec.containers.[name=web].image` or `metadata.annotations.[a.b/c]`.
fn steps(path: &str) -> Vec<String> {
    let (mut steps, mut step, mut inside, mut escaped) = (Vec::new(), String::new(), false, false);
    for letter in path.chars() {
        match letter {
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            '.' if !escaped && !inside => steps.push(std::mem::take(&mut step)),
            letter => {
                inside = (inside || letter == '[') && letter != ']';
                step.push(letter);
            }
        }
        escaped = false;
    }
    steps.push(step);
    steps.retain(|step| !step.is_empty());
    steps
}

/// Changes what stands at the end of a path, which is made where somebody says where it stands.
fn each(node: &mut Node, steps: &[String], create: Option<crate::read::Span>, change: &mut dyn FnMut(&mut Node)) {
    let Some((step, rest)) = steps.split_first() else {
        return change(node);
    };
    let named = step.strip_prefix('[').and_then(|step| step.strip_suffix(']'));
    let pair = named.and_then(|named| named.split_once('='));
    match &mut node.kind {
        Kind::List(items) => {
            let number = step.parse::<usize>().ok();
            for (at, item) in items.iter_mut().enumerate() {
                let fits = match pair {
                    Some((key, value)) => item.get(key).and_then(Node::scalar).as_deref() == Some(value),
                    None => step == "*" || number == Some(at) || (step == "-" && at == 0),
                };
                if fits {
                    each(item, rest, create, change);
                }
            }
        }
        Kind::Map(map) if step == "*" && map.get("*").is_none() => {
            map.entries_mut()
                .for_each(|entry| each(&mut entry.value, rest, create, change));
        }
        Kind::Map(_) | Kind::Null => {
            let key = named.unwrap_or(step);
            if let (Some(at), None) = (create, node.get(key)) {
                edit::set(node, edit::entry(key, Node { at, kind: Kind::Null }));
            }
            if let Some(below) = edit::get_mut(node, key) {
                each(below, rest, create, change);
            }
        }
        _ => {}
    }
}
