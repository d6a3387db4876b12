//! Placeholders of manifests that an output of a stack fills: `${network.FirewallArn}` is the output `FirewallArn` of the
//! template `network.template.json`.

use std::collections::BTreeSet;

use crate::checks::Set;
use crate::read::manifest::Object;
use crate::read::template::Template;
use crate::read::{Entry, Kind, Node};

/// A placeholder that names a stack and one of its outputs.
#[derive(Debug, Clone, Copy)]
pub(in crate::checks::across) struct Placeholder<'a> {
    /// Where it stands.
    pub(in crate::checks::across) node: &'a Node,
    /// What the stack is for.
    pub(in crate::checks::across) stack: &'a str,
    /// The output.
    pub(in crate::checks::across) output: &'a str,
}

/// What fills a placeholder.
pub(in crate::checks::across) struct Output<'s, 'a> {
    /// The template that has it.
    pub(in crate::checks::across) template: &'s Template<'a>,
    /// The output.
    pub(in crate::checks::across) entry: &'a Entry,
}

/// Every text below a node.
pub(in crate::checks::across) fn texts<'a>(node: &'a Node, each: &mut dyn FnMut(&'a Node, &'a str)) {
    match &node.kind {
        Kind::Text(text) => each(node, text),
        Kind::List(items) => items.iter().for_each(|item| texts(item, each)),
        Kind::Map(map) => map.iter().for_each(|entry| texts(&entry.value, each)),
        _ => {}
    }
}

/// The placeholders of a text.
pub(in crate::checks::across) fn placeholders<'a>(node: &'a Node, text: &'a str) -> Vec<Placeholder<'a>> {
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for part in text.split("${").skip(1) {
        let inside = part.split_once('}').map_or("", |(inside, _)| inside);
        let Some((stack, output)) = inside.split_once('.') else {
            continue;
        };
        let is_word = |word: &str, more: &str| {
            let fits = |letter: char| letter.is_ascii_alphanumeric() || more.contains(letter);
            !word.is_empty() && word.chars().all(fits)
        };
        // One that stands twice in a text is wrong once.
        if is_word(stack, "-_") && is_word(output, "") && seen.insert((stack, output)) {
            found.push(Placeholder { node, stack, output });
        }
    }
    found
}

/// What a template is for, by its file: `network` of `prod/network.template.json`.
fn stem<'a>(template: &Template<'a>) -> &'a str {
    let file = template.document.file.as_str();
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.split('.').next().unwrap_or(name)
}

impl<'a> Placeholder<'a> {
    /// Those of an object.
    pub(in crate::checks::across) fn all(object: &Object<'a>) -> Vec<Self> {
        let mut found = Vec::new();
        texts(object.node, &mut |node, text| found.extend(placeholders(node, text)));
        found
    }

    /// The templates that are for what it names.
    pub(in crate::checks::across) fn templates<'s>(self, set: &'s Set<'a>) -> impl Iterator<Item = &'s Template<'a>> {
        set.templates
            .iter()
            .filter(move |template| stem(template) == self.stack)
    }

    /// What fills it.
    pub(in crate::checks::across) fn filled<'s>(self, set: &'s Set<'a>) -> Option<Output<'s, 'a>> {
        self.templates(set).find_map(|template| {
            let entry = template.section("Outputs").find(|entry| entry.key == self.output)?;
            Some(Output { template, entry })
        })
    }

    /// What the templates of the run are for.
    pub(in crate::checks::across) fn stacks(set: &Set<'a>) -> Vec<&'a str> {
        set.templates.iter().map(stem).collect()
    }
}
