//! The kinds of Kubernetes, from `kubernetes-validate`, which has them from Kubernetes' own `OpenAPI` document, a folder
//! for each version; and what `facts/kubernetes.txt` adds.

mod custom;
mod facts;
mod shape;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use super::Record;
use crate::Failure;
use facts::Facts;

/// The versions, in the order of the bits of a record.
const VERSIONS: [u16; 8] = [30, 31, 32, 33, 34, 35, 36, 37];

/// What nearly every reader asks for lies together, apart from the rest.
const COMMON: [&str; 4] = ["v1/", "apps/v1/", "batch/v1/", "networking.k8s.io/v1/"];

/// Kinds that no package describes: those that EKS serves (Amazon EKS user guide, "Create an `IngressClass` to configure an
/// Application Load Balancer"), and those of the AWS Load Balancer Controller
/// (<https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/helm/aws-load-balancer-controller/crds/crds.yaml>).
const OTHERS: &str = include_str!("../../../facts/others.json");

/// What kubeadm reads (<https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/>, and the page of the version
/// before), and which versions do: 1.31 is the first to take the newer one
/// (<https://github.com/kubernetes/kubernetes/pull/125029>), 1.35 the last to take the older one
/// (<https://github.com/kubernetes/kubernetes/pull/136016>).
const KUBEADM: &str = include_str!("../../../facts/kubeadm.json");

/// Definitions that some versions have.
#[derive(serde::Deserialize)]
struct Between {
    since: u16,
    until: u16,
    definitions: BTreeMap<String, Json>,
}

/// The line of the head that says what the bits mean.
pub(super) fn versions() -> String {
    VERSIONS
        .iter()
        .fold("versions".to_owned(), |out, minor| out + &format!(" 1.{minor}"))
}

/// A record for each definition; where versions differ, a further one for each older form, with a number behind its
/// name: `core.v1.PodSpec`, `core.v1.PodSpec@1`.
pub(super) fn read(package: &Path, custom: &[PathBuf]) -> Result<Vec<Record>, Failure> {
    let mut facts = Facts::read()?;
    let mut forms: BTreeMap<String, Vec<(String, u64)>> = BTreeMap::new();
    let mut common = BTreeSet::new();
    for (bit, minor) in VERSIONS.into_iter().enumerate().rev() {
        let definitions = self::definitions(package, minor, &mut facts)?;
        let roots = |wanted: &dyn Fn(&str) -> bool| -> Vec<String> {
            definitions.keys().filter(|name| wanted(name)).cloned().collect()
        };
        common.extend(reach(
            &definitions,
            roots(&|name| COMMON.iter().any(|start| name.starts_with(start))),
        ));
        for name in reach(&definitions, roots(&|name| name.contains('/'))) {
            let text = definitions[&name].to_string();
            let known = forms.entry(name).or_default();
            match known.iter_mut().find(|(form, _)| *form == text) {
                Some((_, present)) => *present |= 1 << bit,
                None => known.push((text, 1 << bit)),
            }
        }
    }
    facts.all_used()?;
    let all = (1 << VERSIONS.len()) - 1;
    let mut records = custom::read(custom)?;
    for (name, forms) in forms {
        let group = if common.contains(&name) { "common" } else { "other" };
        for (index, (text, present)) in forms.into_iter().enumerate() {
            records.push(Record {
                name: if index == 0 {
                    name.clone()
                } else {
                    format!("{name}@{index}")
                },
                group: group.to_owned(),
                text,
                absent: all & !present,
            });
        }
    }
    Ok(records)
}

/// The definitions of a version, with what the schemas do not say.
fn definitions(package: &Path, minor: u16, facts: &mut Facts) -> Result<BTreeMap<String, Json>, Failure> {
    let path = format!("kubernetes-json-schema/v1.{minor}.0-local/_definitions.json");
    let mut definitions = shape::definitions(&super::json(&package.join(path))?);
    let others: BTreeMap<String, Json> =
        serde_json::from_str(OTHERS).map_err(|error| Failure(format!("facts/others.json is not JSON: {error}")))?;
    definitions.extend(others);
    let kubeadm: Vec<Between> = serde_json::from_str(KUBEADM)
        .map_err(|error| Failure(format!("facts/kubeadm.json is not as it should be: {error}")))?;
    let read = kubeadm
        .into_iter()
        .filter(|one| (one.since..=one.until).contains(&minor));
    definitions.extend(read.flat_map(|one| one.definitions));
    facts.apply(minor, &mut definitions);
    Ok(definitions)
}

/// What definitions lead to, themselves included.
fn reach(definitions: &BTreeMap<String, Json>, mut left: Vec<String>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    while let Some(name) = left.pop() {
        if let Some(json) = definitions.get(&name).filter(|_| !found.contains(&name)) {
            references(json, &mut left);
            found.insert(name);
        }
    }
    found
}

fn references(json: &Json, out: &mut Vec<String>) {
    match json {
        Json::Object(map) => {
            out.extend(map.get("$ref").and_then(Json::as_str).map(str::to_owned));
            map.values().for_each(|json| references(json, out));
        }
        Json::Array(items) => items.iter().for_each(|json| references(json, out)),
        _ => {}
    }
}
