//! S4, line by line: what proves each is a test whose name begins with its number, here or among those of its pipeline.

mod environments;
mod ground;
mod pages;
mod watching;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde_json::Value as Json;
use synth::read::kustomize::{self, Files};
use synth::systems::fastapi_devops;

use crate::alone;
use crate::systems::by_number::numbers;

/// How many lines there are.
const LAST: usize = 44;

const FOLDER: &str = "out/fastapi-devops/";

/// The files of tests by number.
const TESTS: [&str; 5] = [
    include_str!("../../branches/lines.rs"),
    include_str!("environments.rs"),
    include_str!("ground.rs"),
    include_str!("pages.rs"),
    include_str!("watching.rs"),
];

static FILES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| alone::render(&fastapi_devops()).files);

/// A file of the system.
fn file(name: &str) -> &'static str {
    &FILES[&format!("{FOLDER}{name}")]
}

struct Rendered;

impl Files for Rendered {
    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        FILES.get(path).map(|text| text.clone().into_bytes())
    }

    fn is_folder(&self, path: &str) -> bool {
        FILES.keys().any(|file| file.starts_with(&format!("{path}/")))
    }
}

/// What `kubectl apply -k` of a folder applies.
fn built(folder: &str) -> Vec<Json> {
    let rendering = kustomize::render(&format!("{FOLDER}k8s/{folder}/kustomization.yaml"), &Rendered);
    assert!(!rendering.partial, "{folder}");
    let documents = rendering.documents.iter();
    documents.map(|document| document.root.to_value()).collect()
}

/// The one object of a kind and name among those.
fn object<'a>(objects: &'a [Json], kind: &str, name: &str) -> &'a Json {
    let is_it = |it: &&Json| it["kind"] == kind && it["metadata"]["name"] == name;
    let found: Vec<&Json> = objects.iter().filter(is_it).collect();
    assert_eq!(found.len(), 1, "{kind} {name}");
    found[0]
}

/// The containers of all pods that objects make, with the name of each object.
fn containers(objects: &[Json]) -> Vec<(String, Json)> {
    let pods = objects.iter().flat_map(|it| {
        let spec = &it["spec"]["template"]["spec"];
        let all = ["containers", "initContainers"].map(|key| spec[key].as_array().cloned().unwrap_or_default());
        let name = it["metadata"]["name"].as_str().unwrap_or_default().to_owned();
        all.concat().into_iter().map(move |one| (name.clone(), one))
    });
    pods.collect()
}

#[test]
fn every_line_of_s4_has_something_that_proves_it() {
    let names = TESTS.iter().flat_map(|text| text.split("\nfn s4_").skip(1));
    let proven: BTreeSet<usize> = names.flat_map(numbers).collect();
    let open: Vec<usize> = (1..=LAST).filter(|number| !proven.contains(number)).collect();
    assert_eq!(open, Vec::<usize>::new());
    assert_eq!(proven.last(), Some(&LAST));
}
