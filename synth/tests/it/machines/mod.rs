//! What machines of one's own do at their start, and the scripts of whoever keeps them.

mod cluster;
mod lines;
mod pages;
mod starts;

use std::collections::BTreeMap;

use serde_json::Value as Json;
use synth::model::Kubeadm;

use crate::machines_alone::all;

/// The files of three machines.
fn files(version: Kubeadm) -> BTreeMap<String, String> {
    let files = all(version).unwrap().into_iter();
    let own = files.filter_map(|(path, text)| {
        let name = path.strip_prefix("out/fastapi-devops/infra/")?;
        Some((name.to_owned(), text))
    });
    own.collect()
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
