//! What Kubernetes objects say: kinds, names, labels, selectors, pods, and who refers to whom.
//!
//! ```ignore
//! let objects = Objects::new(&documents);
//! for service in objects.of("Service") {
//!     let selector = Selector::of_pairs(service.dig(&["spec", "selector"])?);
//!     objects.selected(&selector, service.namespace())      // the pods that it finds
//! }
//! ```

mod image;
mod kinds;
mod object;
mod pods;
mod quantity;
mod reference;
mod scaler;
mod selector;

pub use image::Image;
pub use kinds::is_built_in;
pub(super) use kinds::is_of_the_cluster;
pub use object::{Labels, Namespace, Object};
pub use pods::{Container, Pods, Role, template_path};
pub use quantity::Quantity;
pub use reference::{Key, Reference, references};
pub use scaler::Scaled;
pub use selector::Selector;

use std::collections::BTreeMap;

use super::{Document, Node};

/// Lists in lists are looked into this deep.
const MOST_LISTS: usize = 4;

/// Of pods that a selector finds, no more are looked at: all are alike then.
const MOST_SELECTED: usize = 64;

/// The objects of a run, of all files given together.
#[derive(Debug, Default)]
pub struct Objects<'a> {
    all: Vec<Object<'a>>,
    /// Numbers of the objects by kind.
    by_kind: BTreeMap<&'a str, Vec<usize>>,
    /// Numbers of the objects by kind and name.
    by_name: BTreeMap<(&'a str, &'a str), Vec<usize>>,
    pods: Vec<Pods<'a>>,
    /// Numbers of the pods by a pair of their labels.
    by_label: BTreeMap<(&'a str, &'a str), Vec<usize>>,
    /// Whether others may be there that are not among the documents.
    partial: bool,
}

impl<'a> Objects<'a> {
    /// Finds the objects of documents, those of lists among them.
    #[must_use]
    pub fn new(documents: &'a [Document]) -> Self {
        let mut objects = Self::default();
        for document in documents {
            objects.add(document, &document.root, 0);
        }
        for number in 0..objects.all.len() {
            objects.index(number);
        }
        objects
    }

    /// Says that others may be there that are not among the documents.
    #[must_use]
    pub fn partial(self, partial: bool) -> Self {
        Self { partial, ..self }
    }

    fn add(&mut self, document: &'a Document, node: &'a Node, depth: usize) {
        if let Some(items) = items(node).filter(|_| depth < MOST_LISTS) {
            for item in items {
                self.add(document, item, depth + 1);
            }
        } else if let Some(object) = Object::new(document, node) {
            self.all.push(object);
        }
    }

    fn index(&mut self, number: usize) {
        let object = self.all[number];
        self.by_kind.entry(object.kind).or_default().push(number);
        if let Some(name) = object.name() {
            self.by_name.entry((object.kind, name)).or_default().push(number);
        }
        let Some(pods) = Pods::of(object) else { return };
        for (key, value) in pods.labels().pairs() {
            self.by_label.entry((key, value)).or_default().push(self.pods.len());
        }
        self.pods.push(pods);
    }

    /// All of them, in the order of the files.
    #[must_use]
    pub fn all(&self) -> &[Object<'a>] {
        &self.all
    }

    /// Those of a kind of Kubernetes itself.
    pub fn of(&self, kind: &str) -> impl Iterator<Item = Object<'a>> {
        self.any(kind).filter(|object| is_built_in(object.group))
    }

    /// Those of a kind, whoever defines it.
    pub fn any(&self, kind: &str) -> impl Iterator<Item = Object<'a>> {
        let numbers = self.by_kind.get(kind).map_or(&[][..], Vec::as_slice);
        numbers.iter().map(|number| self.all[*number])
    }

    /// Those of a kind and a name that may be in a namespace: of one that does not say it, nobody knows.
    pub fn named(&self, kind: &'a str, name: &'a str, namespace: Namespace<'a>) -> impl Iterator<Item = Object<'a>> {
        let numbers = self.by_name.get(&(kind, name)).map_or(&[][..], Vec::as_slice);
        let objects = numbers.iter().map(|number| self.all[*number]);
        objects.filter(move |object| is_built_in(object.group) && object.namespace().meets(namespace))
    }

    /// Those of a kind of Kubernetes itself that may be in a namespace.
    pub fn within(&self, kind: &str, namespace: Namespace<'a>) -> impl Iterator<Item = Object<'a>> {
        self.of(kind).filter(move |object| object.namespace().meets(namespace))
    }

    /// The pods of every kind of workload.
    #[must_use]
    pub fn pods(&self) -> &[Pods<'a>] {
        &self.pods
    }

    /// The pods that may be in a namespace and that a selector finds.
    #[must_use]
    pub fn selected(&self, selector: &Selector<'a>, namespace: Namespace<'a>) -> Vec<Pods<'a>> {
        let fits = |pods: &&Pods<'a>| pods.object.namespace().meets(namespace) && selector.matches(pods.labels());
        let by_pair = |pair: &(&'a str, &'a str)| self.by_label.get(pair).map_or(&[][..], Vec::as_slice);
        // Only those with the rarest pair can be among them.
        match selector
            .pairs()
            .map(|pair| by_pair(&pair))
            .min_by_key(|numbers| numbers.len())
        {
            Some(numbers) => {
                let pods = numbers.iter().map(|number| &self.pods[*number]);
                pods.filter(fits).take(MOST_SELECTED).copied().collect()
            }
            None => self.pods.iter().filter(fits).take(MOST_SELECTED).copied().collect(),
        }
    }

    /// Whether pods or other objects may be in a namespace of which the files say nothing, as an operator makes them or
    /// some files are missing.
    #[must_use]
    pub fn is_operated(&self, namespace: Namespace<'a>) -> bool {
        if self.partial {
            return true;
        }
        let mut operated = self.all.iter().filter(|object| kinds::may_make_objects(object.group));
        operated.any(|object| object.namespace().meets(namespace))
    }
}

/// The objects of a list.
fn items(node: &Node) -> Option<&[Node]> {
    let is_list = node.get("kind")?.text()?.ends_with("List");
    node.get("items")?.list().filter(|_| is_list)
}

/// Whether a document is for Kubernetes: it says a kind, and which version of the API has it.
#[must_use]
pub fn is_manifest(root: &Node) -> bool {
    let text = |key: &str| root.get(key).and_then(Node::text).is_some_and(|text| !text.is_empty());
    text("apiVersion") && text("kind")
}

/// Whether a text is what will be applied: `${name}` and `{{ name }}` are filled in before by somebody.
#[must_use]
pub fn is_settled(text: &str) -> bool {
    !(text.contains("${") || text.contains("{{") || text.contains("$("))
}

/// Whether a document is a template of a Helm chart that happens to be YAML: its name or its labels are filled in by
/// Helm.
#[must_use]
pub fn is_chart(root: &Node) -> bool {
    let by_helm = |node: &Node| {
        let text = node.text().unwrap_or_default();
        ["{{ .", "{{.", "{{- ", "{{ include", "{{ template", "{{ printf"]
            .iter()
            .any(|mark| text.contains(mark))
    };
    let metadata = root.get("metadata");
    let labels = metadata.and_then(|node| node.get("labels")?.map());
    let name = metadata.and_then(|node| node.get("name")).is_some_and(by_helm);
    name || labels.into_iter().flatten().any(|entry| by_helm(&entry.value))
}
