//! What is committed under `out/` and `.github/workflows/` is what the systems render, to the byte, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use synth::systems;

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn rendered() -> BTreeMap<String, String> {
    let systems = systems::all().unwrap();
    let rendered = systems.each().flat_map(|system| synth::render(system).unwrap().files);
    rendered.collect()
}

/// The paths below a folder, from the root of the repository.
fn below(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let paths = entries.flat_map(|path| {
        if path.is_dir() {
            return below(&path);
        }
        let path = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
        BTreeSet::from([path])
    });
    paths.collect()
}

#[test]
fn every_file_that_is_rendered_is_committed_as_it_is() {
    let differs = |path: &str, text: &str| std::fs::read_to_string(root().join(path)).ok().as_deref() != Some(text);
    let rendered = rendered();
    let stale: Vec<_> = rendered
        .iter()
        .filter(|(path, text)| differs(path, text))
        .map(|(path, _)| path)
        .collect();
    assert!(
        stale.is_empty(),
        "stale or missing: {stale:?}; run `cargo run -p synth` and review what changes"
    );
}

#[test]
fn nothing_else_is_committed_where_files_are_rendered() {
    let rendered = rendered();
    let committed = ["out", ".github/workflows"]
        .into_iter()
        .flat_map(|folder| below(&root().join(folder)));
    let stray: Vec<_> = committed.filter(|path| !rendered.contains_key(path)).collect();
    assert!(stray.is_empty(), "nothing renders {stray:?}");
}
