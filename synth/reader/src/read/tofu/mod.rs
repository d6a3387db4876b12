//! What a module of `OpenTofu` says, in the JSON syntax of its language: the files of one folder that end in `.tf.json`.

mod expression;

use std::collections::{BTreeMap, BTreeSet};

pub use expression::{Fault, Name, Step, is_literal, names};

use super::{Document, Duplicate, Entry, Map, Node};

/// What the names of such files end with.
pub const ENDING: &str = ".tf.json";

/// The key of a comment, which may hold anything: `"//": {"allow": {"<rule>": "<reason>"}}`.
pub const COMMENT: &str = "//";

/// The blocks that stand at the top of a file, and how many names each has.
pub const BLOCKS: [(&str, usize); 13] = [
    ("check", 1),
    ("data", 2),
    ("ephemeral", 2),
    ("import", 0),
    ("locals", 0),
    ("module", 1),
    ("moved", 0),
    ("output", 1),
    ("provider", 1),
    ("removed", 0),
    ("resource", 2),
    ("terraform", 0),
    ("variable", 1),
];

/// A block at the top of a file.
#[derive(Debug, Clone, Copy)]
pub struct Block<'a> {
    /// What it is: `resource`, `variable`.
    pub room: &'a str,
    /// The kind of a resource or a data source; nothing else has one.
    pub kind: &'a str,
    /// Its name: that of a resource, of a variable, of a provider.
    pub name: &'a str,
    /// The key that names it; nothing for a block without names.
    pub entry: Option<&'a Entry>,
    /// What is in it.
    pub body: &'a Node,
    /// The file that it stands in.
    pub document: &'a Document,
}

impl<'a> Block<'a> {
    /// The block as expressions name it.
    #[must_use]
    pub fn title(&self) -> String {
        match (self.room, self.kind) {
            ("resource", kind) => format!("{kind}.{}", self.name),
            ("variable", _) => format!("var.{}", self.name),
            (room, "") => format!("{room}.{}", self.name),
            (room, kind) => format!("{room}.{kind}.{}", self.name),
        }
    }

    /// Its entries, without comments.
    pub fn entries(&self) -> impl Iterator<Item = &'a Entry> + use<'a> {
        bodies(self.body).flat_map(entries)
    }

    /// The value of an argument.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'a Node> {
        self.entries().find(|entry| entry.key == name).map(|entry| &entry.value)
    }
}

/// The entries of a map, without comments.
pub fn entries(map: &Map) -> impl Iterator<Item = &Entry> {
    map.iter().filter(|entry| entry.key != COMMENT)
}

/// The maps that a place holds where one block or several may stand.
pub fn bodies(node: &Node) -> impl Iterator<Item = &Map> {
    let items = node.list().unwrap_or_default().iter().filter_map(Node::map);
    node.map().into_iter().chain(items)
}

/// A module: the files of one folder.
#[derive(Debug)]
pub struct Module<'a> {
    /// Its files.
    pub documents: Vec<&'a Document>,
    /// Its blocks, in the order of the files.
    pub blocks: Vec<Block<'a>>,
    /// Each local value, by its name.
    pub locals: BTreeMap<&'a str, &'a Entry>,
    declared: BTreeSet<(&'a str, &'a str, &'a str)>,
}

impl<'a> Module<'a> {
    fn new(documents: Vec<&'a Document>) -> Self {
        let mut blocks = Vec::new();
        for document in &documents {
            for entry in bodies(&document.root).flat_map(entries) {
                if let Some((room, names)) = BLOCKS.iter().find(|(room, _)| *room == entry.key) {
                    within(document, room, *names, entry, &mut blocks);
                }
            }
        }
        let locals = blocks.iter().filter(|block| block.room == "locals");
        let locals = locals.flat_map(Block::entries).map(|entry| (entry.key.as_str(), entry));
        Self {
            locals: locals.collect(),
            declared: blocks
                .iter()
                .map(|block| (block.room, block.kind, block.name))
                .collect(),
            documents,
            blocks,
        }
    }

    /// The blocks of a room.
    pub fn of(&self, room: &'a str) -> impl Iterator<Item = &Block<'a>> {
        self.blocks.iter().filter(move |block| block.room == room)
    }

    /// Whether a block is declared.
    #[must_use]
    pub fn has(&self, room: &str, kind: &str, name: &str) -> bool {
        self.declared.contains(&(room, kind, name))
    }
}

/// The blocks of a room, under as many names as they have; where one may stand, a list of them may.
fn within<'a>(document: &'a Document, room: &'a str, names: usize, entry: &'a Entry, out: &mut Vec<Block<'a>>) {
    let block = |kind: &'a str, name: &'a str, entry: Option<&'a Entry>, body: &'a Node| Block {
        room,
        kind,
        name,
        entry,
        body,
        document,
    };
    let inside = || bodies(&entry.value).flat_map(entries);
    match names {
        0 => out.push(block("", "", None, &entry.value)),
        1 => out.extend(inside().map(|named| block("", &named.key, Some(named), &named.value))),
        _ => {
            for kind in inside() {
                let blocks = bodies(&kind.value).flat_map(entries);
                out.extend(blocks.map(|named| block(&kind.key, &named.key, Some(named), &named.value)));
            }
        }
    }
}

/// The modules of some files: those of one folder are one.
#[must_use]
pub fn modules(documents: &[Document]) -> Vec<Module<'_>> {
    let mut folders: BTreeMap<&str, Vec<&Document>> = BTreeMap::new();
    for document in documents {
        folders.entry(folder(&document.file)).or_default().push(document);
    }
    folders.into_values().map(Module::new).collect()
}

/// The folder of a file.
#[must_use]
pub fn folder(file: &str) -> &str {
    file.rfind(['/', '\\']).map_or("", |end| &file[..end])
}

/// Whether a key that stands twice is an argument, which may not; blocks of a kind may.
#[must_use]
pub fn is_argument(document: &Document, duplicate: &Duplicate) -> bool {
    let at_top = |entry: &Entry| entry.key == duplicate.key && BLOCKS.iter().any(|(room, _)| *room == entry.key);
    duplicate.key != COMMENT && !bodies(&document.root).flat_map(entries).any(at_top)
}

/// Every text below a node, with whether it is a key.
pub fn texts<'a>(node: &'a Node, found: &mut dyn FnMut(&'a Node, &'a str)) {
    if let Some(text) = node.text() {
        found(node, text);
    }
    for item in node.list().unwrap_or_default() {
        texts(item, found);
    }
    for entry in node.map().into_iter().flat_map(entries) {
        found(&entry.value, &entry.key);
        texts(&entry.value, found);
    }
}
