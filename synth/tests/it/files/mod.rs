//! Rendered files on the disk: all of them or none, and nothing of anybody else's.

mod atomic;
mod foreign;
mod lock;
mod place;
mod temp;

use std::collections::BTreeMap;
use std::path::Path;

use synth::files::{Files, Plan, Root};

pub(crate) use temp::Temp;

const TEMPLATE: &str = "out/shop/dev/network.template.json";
const README: &str = "out/shop/README.md";

/// How a README begins.
const MARK: &str = "<!-- Rendered by synth -->\n";

/// The files of a small system, all with the same text, below a folder.
fn files(root: &Root, text: &str) -> Files {
    let paths = [TEMPLATE, README, "out/shop/dev/parameters.json"];
    let mut files: BTreeMap<String, String> = paths.map(|path| (path.to_owned(), text.to_owned())).into();
    files.insert(README.to_owned(), format!("{MARK}{text}"));
    root.place("shop", files).unwrap()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// A plan in a line a file, with the folder of the test left out.
fn show(plan: &Plan, temp: &Temp) -> String {
    let line = |change: &synth::files::Change| {
        let path = change.path.strip_prefix(temp.path()).unwrap_or(&change.path);
        format!("{:?} {}", change.kind(), path.display())
    };
    let mut lines: Vec<String> = plan.changes.iter().map(line).collect();
    lines.push(format!("{} unchanged", plan.unchanged));
    if plan.interrupted.is_some() {
        lines.push("interrupted".to_owned());
    }
    lines.join("\n")
}
