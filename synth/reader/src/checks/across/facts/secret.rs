//! Secrets and parameters of AWS that manifests name.

use super::texts;
use crate::checks::Set;
use crate::read::manifest::{Object, Pods, is_settled};
use crate::read::{self, Node};

/// A secret or a parameter of AWS that a manifest names.
#[derive(Debug, Clone)]
pub(in crate::checks::across) struct Wanted<'a> {
    /// Where it stands.
    pub(in crate::checks::across) at: &'a Node,
    /// The name as it is written.
    pub(in crate::checks::across) name: String,
    /// Whether it is one for sure, and not only called so by a variable.
    pub(in crate::checks::across) is_plain: bool,
}

/// All that the manifests name.
pub(in crate::checks::across) fn wanted<'a>(set: &Set<'a>) -> Vec<Wanted<'a>> {
    let mut found = Vec::new();
    for object in set.manifests.all() {
        match object.kind {
            "ExternalSecret" => of_external(set, object, &mut found),
            "SecretProviderClass" => of_provider(object, &mut found),
            "ConfigMap" => {
                let data = object.dig(&["data"]).and_then(Node::map);
                for entry in data.into_iter().flatten() {
                    of_variable(&entry.key, &entry.value, &mut found);
                }
            }
            _ => {}
        }
    }
    for container in set.manifests.pods().iter().flat_map(Pods::containers) {
        for variable in container.list("env") {
            let name = variable.get("name").and_then(Node::text);
            if let (Some(name), Some(value)) = (name, variable.get("value")) {
                of_variable(name, value, &mut found);
            }
        }
    }
    found.retain(|wanted| is_settled(&wanted.name) && !wanted.name.is_empty());
    found
}

/// Of External Secrets, where its store is one of AWS.
fn of_external<'a>(set: &Set<'a>, object: &Object<'a>, found: &mut Vec<Wanted<'a>>) {
    let store = object.text(&["spec", "secretStoreRef", "name"]);
    let stores = set
        .manifests
        .any("SecretStore")
        .chain(set.manifests.any("ClusterSecretStore"));
    let mut named = stores.filter(|one| one.name() == store);
    if !named.any(|store| store.dig(&["spec", "provider", "aws"]).is_some()) {
        return;
    }
    let list = |key: &str| object.dig(&["spec", key]).and_then(Node::list).unwrap_or_default();
    let keys = list("data").iter().filter_map(|item| item.dig(&["remoteRef", "key"]));
    let more = list("dataFrom").iter().filter_map(|item| item.dig(&["extract", "key"]));
    for at in keys.chain(more) {
        let name = at.text().map(plain).unwrap_or_default().to_owned();
        found.push(Wanted {
            at,
            name,
            is_plain: true,
        });
    }
}

/// Of the CSI driver for secrets, which keeps its objects as a text of YAML.
fn of_provider<'a>(object: &Object<'a>, found: &mut Vec<Wanted<'a>>) {
    let Some(at) = object.dig(&["spec", "parameters", "objects"]) else {
        return;
    };
    if object.text(&["spec", "provider"]) != Some("aws") {
        return;
    }
    let Ok(document) = read::document("objects", at.text().unwrap_or_default()) else {
        return;
    };
    let items = document.root.list().unwrap_or_default().iter();
    found.extend(items.filter_map(|item| {
        let name = plain(item.get("objectName")?.text()?).to_owned();
        Some(Wanted {
            at,
            name,
            is_plain: true,
        })
    }));
}

/// Of a variable: an ARN, or a name that is said to be that of a secret.
fn of_variable<'a>(variable: &str, value: &'a Node, found: &mut Vec<Wanted<'a>>) {
    texts(value, &mut |at, text| {
        let is_arn = text.starts_with("arn:")
            && [":secretsmanager:", ":ssm:"]
                .iter()
                .any(|service| text.contains(service));
        let words = ["SECRET", "SECRET_NAME", "SECRET_ID", "SECRET_ARN", "PARAMETER_NAME"];
        let is_named = words.iter().any(|word| variable.to_ascii_uppercase().ends_with(word)) && !text.contains(' ');
        if is_arn || is_named {
            let name = plain(text).to_owned();
            found.push(Wanted {
                at,
                name,
                is_plain: is_arn,
            });
        }
    });
}

/// The name behind an ARN; any other text is a name.
fn plain(text: &str) -> &str {
    if !text.starts_with("arn:") {
        return text;
    }
    if let Some((_, name)) = text.split_once(":secret:") {
        return name;
    }
    text.split_once(":parameter").map_or("", |(_, name)| name)
}
