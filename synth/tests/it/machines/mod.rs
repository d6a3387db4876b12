//! What machines of one's own do at their start, and the scripts of whoever keeps them.

mod cluster;
mod pages;
mod starts;

use std::collections::BTreeMap;

use serde_json::Value as Json;
use synth::model::Kubeadm;

use crate::machines_alone::rendered;

/// The files of three machines.
fn files(version: Kubeadm) -> BTreeMap<String, String> {
    rendered(version).unwrap()
}

/// The documents of a text.
fn documents(text: &str) -> Vec<Json> {
    let parsed = synth::read::documents("text.yaml", text).unwrap();
    parsed.iter().map(|document| document.root.to_value()).collect()
}

/// The files of a machine by their paths, each with its rights.
fn on_machine(version: Kubeadm, host: &str) -> BTreeMap<String, (String, String)> {
    let text = &files(version)[&format!("cloud-init/{host}.yaml")];
    let all = documents(text)[0]["write_files"].as_array().unwrap().clone();
    let word = |file: &Json, name: &str| file[name].as_str().unwrap().to_owned();
    let files = all
        .iter()
        .map(|file| (word(file, "path"), (word(file, "permissions"), word(file, "content"))));
    files.collect()
}
