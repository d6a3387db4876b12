//! Where expressions stand: rules of Prometheus, in a file or an object of its operator, and dashboards of Grafana, in a
//! file or a `ConfigMap`.

use super::Variables;
use crate::read::manifest::{Object, Objects, is_settled};
use crate::read::{self, Document, Node};

/// What an expression is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// A rule of an object, which the webhook of Prometheus' operator reads before it is taken.
    Object,
    /// A rule of a file, which Prometheus reads when it starts.
    File,
    /// A panel of a dashboard that asks Prometheus.
    Panel,
    /// A panel of which nobody says whom it asks.
    Unsaid,
}

impl Home {
    /// The variables that may stand in it.
    #[must_use]
    pub fn variables(self) -> Variables {
        match self {
            Self::Object | Self::File => Variables::Braced,
            Self::Panel | Self::Unsaid => Variables::Grafana,
        }
    }
}

/// An expression, and where it stands.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// Its text.
    pub text: String,
    /// The nearest value of the document that it stands in.
    pub at: &'a Node,
    /// What asks, in words.
    pub who: String,
    /// What it is for.
    pub home: Home,
}

/// Whether a document is a dashboard of Grafana.
#[must_use]
pub fn is_dashboard(root: &Node) -> bool {
    let is_one =
        |node: &Node| node.get("panels").is_some() && (node.get("schemaVersion").or(node.get("title"))).is_some();
    root.get("apiVersion").is_none() && (is_one(root) || root.get("dashboard").is_some_and(is_one))
}

/// Whether a document is a file of Prometheus' rules.
#[must_use]
pub fn is_rules(root: &Node) -> bool {
    root.get("apiVersion").is_none() && rules(root).next().is_some()
}

/// Every expression of documents.
#[must_use]
pub fn all<'a>(documents: &'a [Document], objects: &Objects<'a>) -> Vec<Asked<'a>> {
    let mut found = Vec::new();
    for document in documents {
        if is_dashboard(&document.root) {
            of_dashboard(&document.root, &mut |node, text, who, home| {
                found.push(asked(node, text, who, home));
            });
        } else if is_rules(&document.root) {
            of_rules(&document.root, Home::File, &mut |node, text, who, home| {
                found.push(asked(node, text, who, home));
            });
        }
    }
    for object in of_operator(objects) {
        if let Some(spec) = object.dig(&["spec"]) {
            of_rules(spec, Home::Object, &mut |node, text, who, home| {
                found.push(asked(node, text, who, home));
            });
        }
    }
    for (entry, inner) in held(objects) {
        let mut push = |_: &Node, text: &str, who: String, home: Home| found.push(asked(entry, text, who, home));
        if is_dashboard(&inner.root) {
            of_dashboard(&inner.root, &mut push);
        } else {
            of_rules(&inner.root, Home::File, &mut push);
        }
    }
    found
}

/// The names under which rules record what they reckon.
#[must_use]
pub fn recorded(documents: &[Document], objects: &Objects<'_>) -> Vec<String> {
    let held = held(objects);
    let files = documents.iter().map(|document| &document.root);
    let files = files.chain(held.iter().map(|(_, inner)| &inner.root));
    let specs = of_operator(objects).filter_map(|object| object.dig(&["spec"]));
    let specs: Vec<&Node> = files.filter(|root| is_rules(root)).chain(specs).collect();
    let names = specs
        .into_iter()
        .flat_map(rules)
        .filter_map(|rule| rule.get("record")?.text());
    names.map(str::to_owned).collect()
}

/// The rules that the operator of Prometheus reads.
fn of_operator<'a>(objects: &Objects<'a>) -> impl Iterator<Item = Object<'a>> {
    let rules = objects.any("PrometheusRule");
    rules.filter(|object| object.group == "monitoring.coreos.com")
}

fn asked<'a>(at: &'a Node, text: &str, who: String, home: Home) -> Asked<'a> {
    let text = text.to_owned();
    Asked { text, at, who, home }
}

/// Hears of an expression: the value, its text, who asks, and what it is for.
type Push<'p, 'a> = dyn FnMut(&'a Node, &str, String, Home) + 'p;

/// The dashboards and rules that `ConfigMap`s hold, each with the value that it stands in.
fn held<'a>(objects: &Objects<'a>) -> Vec<(&'a Node, Document)> {
    let maps = objects.of("ConfigMap");
    let entries = maps.filter_map(|object| object.dig(&["data"])?.map()).flatten();
    let entries = entries.filter_map(|entry| {
        let text = entry.value.text()?;
        let may_be = ["\"panels\"", "groups:"].iter().any(|word| text.contains(word)) && text.contains("expr");
        let inner = may_be.then(|| read::document(&entry.key, text).ok())??;
        (is_dashboard(&inner.root) || is_rules(&inner.root)).then_some((&entry.value, inner))
    });
    entries.collect()
}

fn list<'a>(node: &'a Node, key: &str) -> &'a [Node] {
    node.get(key).and_then(Node::list).unwrap_or_default()
}

/// The rules of all groups, each of which has an expression.
fn rules(node: &Node) -> impl Iterator<Item = &Node> {
    let rules = list(node, "groups").iter().flat_map(|group| list(group, "rules"));
    rules.filter(|rule| rule.get("expr").is_some())
}

fn of_rules<'a>(node: &'a Node, home: Home, push: &mut Push<'_, 'a>) {
    for rule in rules(node) {
        let named = |key: &'static str| Some((rule.get(key)?.text().filter(|name| is_settled(name))?, key));
        let who = match named("alert").or_else(|| named("record")) {
            Some((name, "alert")) => format!("the alert `{name}`"),
            Some((name, _)) => format!("the record `{name}`"),
            None => "a rule".to_owned(),
        };
        if let Some((node, text)) = rule.get("expr").and_then(|node| Some((node, node.text()?))) {
            push(node, text, who, home);
        }
    }
}

fn of_dashboard<'a>(root: &'a Node, push: &mut Push<'_, 'a>) {
    let root = root.get("dashboard").unwrap_or(root);
    let rows = list(root, "rows").iter().flat_map(|row| list(row, "panels"));
    let panels = list(root, "panels").iter().chain(rows);
    // The panels of a row that is folded stand in it.
    for panel in panels.flat_map(|panel| std::iter::once(panel).chain(list(panel, "panels"))) {
        let title = panel.get("title").and_then(Node::text).unwrap_or_default();
        for target in list(panel, "targets") {
            let asks = [target, panel]
                .into_iter()
                .find_map(|node| node.dig(&["datasource", "type"])?.text());
            let home = match asks {
                Some("prometheus") => Home::Panel,
                None => Home::Unsaid,
                Some(_) => continue,
            };
            if let Some((node, text)) = target.get("expr").and_then(|node| Some((node, node.text()?))) {
                push(node, text, format!("the panel `{title}`"), home);
            }
        }
    }
}
