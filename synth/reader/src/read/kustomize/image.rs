//! Images by another name, tag or digest.

use super::edit;
use super::fault::Told;
use super::reader::{list, text};
use super::resource::Resource;
use super::select::pattern;
use crate::read::{Kind, Node, Span};

/// What an entry of `images` says.
struct Change<'a> {
    name: Option<(&'a str, Span)>,
    tag: Option<(&'a str, Span)>,
    digest: Option<(&'a str, Span)>,
    suffix: Option<&'a str>,
}

impl<'a> Change<'a> {
    fn of(image: &'a Node) -> Self {
        Self {
            name: text(image, "newName"),
            tag: text(image, "newTag"),
            digest: text(image, "digest"),
            suffix: text(image, "tagSuffix").map(|(text, _)| text),
        }
    }
}

/// Changes the images of all containers:
/// <https://github.com/kubernetes-sigs/kustomize/blob/master/api/filters/imagetag/updater.go>.
pub(super) fn all(root: &Node, resources: &mut [Resource], told: &mut Told) {
    let mut entries = Vec::new();
    for image in list(root, "images") {
        let Some((name, at)) = text(image, "name") else {
            continue;
        };
        match pattern(name) {
            Some(fits) => entries.push((name, at, fits, Change::of(image), false)),
            None => told.refused(at, "this is no pattern of images", "write the name of an image"),
        }
    }
    for resource in resources {
        if entries.is_empty() || resource.id().kind == "CustomResourceDefinition" {
            continue;
        }
        containers(resource.root_mut(), &mut |node| {
            for (name, _, fits, change, found) in &mut entries {
                let written = node.text().unwrap_or_default();
                let (old, ..) = split(written);
                if old == *name || fits(old) {
                    *found = true;
                    *node = changed(written, node.at, change);
                }
            }
        });
    }
    let partial = told.partial;
    for (name, at, ..) in entries.iter().filter(|(.., found)| !found && !partial) {
        let help = "name an image as a container has it, without its tag";
        told.idle(*at, format!("no container has the image `{name}`"), help);
    }
}

/// The images of containers, wherever they are.
fn containers(node: &mut Node, change: &mut dyn FnMut(&mut Node)) {
    match &mut node.kind {
        Kind::List(items) => items.iter_mut().for_each(|item| containers(item, change)),
        Kind::Map(map) => {
            for entry in map.entries_mut() {
                if matches!(entry.key.as_str(), "containers" | "initContainers") {
                    let Kind::List(items) = &mut entry.value.kind else {
                        continue;
                    };
                    let images = items.iter_mut().filter_map(|item| edit::get_mut(item, "image"));
                    images.filter(|image| image.text().is_some()).for_each(&mut *change);
                }
                containers(&mut entry.value, change);
            }
        }
        _ => {}
    }
}

/// The name, the tag and the digest of an image.
fn split(image: &str) -> (&str, Option<&str>, Option<&str>) {
    let (rest, digest) = image
        .split_once('@')
        .map_or((image, None), |(rest, digest)| (rest, Some(digest)));
    let from = rest.rfind('/').map_or(0, |slash| slash + 1);
    match rest[from..].find(':') {
        Some(colon) => (&rest[..from + colon], Some(&rest[from + colon + 1..]), digest),
        None => (rest, None, digest),
    }
}

fn changed(written: &str, at: Span, change: &Change<'_>) -> Node {
    let (mut name, mut tag, mut digest) = split(written);
    let mut at = at;
    if let Some((new, place)) = change.name {
        (name, at) = (new, place);
    }
    match (change.tag, change.digest) {
        (Some(new), Some(exact)) => (tag, digest, at) = (Some(new.0), Some(exact.0), exact.1),
        (Some(new), None) => (tag, digest, at) = (Some(new.0), None, new.1),
        (None, Some(exact)) => (tag, digest, at) = (None, Some(exact.0), exact.1),
        (None, None) => {}
    }
    let mut text = name.to_owned();
    if let Some(tag) = tag {
        text = format!("{text}:{tag}{}", change.suffix.unwrap_or_default());
    }
    if let Some(digest) = digest {
        text = format!("{text}@{digest}");
    }
    edit::text(text, at)
}
