//! The command line: what it says and how it ends.

mod across;
mod baseline;
mod check;
mod config;
mod diff;
mod fix;
mod help;
mod kubeadm;
mod list;
mod lsp;
mod manifests;
mod modules;
mod process;
mod render;
mod root;
mod validate;

use std::ffi::OsString;

use synth::model::{System, Systems};
use synth::systems::{cars_api, predict_api};

use crate::files::Temp;

/// What a command says, and its exit code.
struct Said {
    out: String,
    err: String,
    code: u8,
}

impl Said {
    /// All of it, with the folder of the test left out.
    fn all(&self, temp: &Temp) -> String {
        let text = format!("{}{}exit code {}", self.out, self.err, self.code);
        text.replace(&temp.path().display().to_string(), "")
    }
}

fn systems() -> Vec<System> {
    vec![predict_api(), cars_api()]
}

/// Runs a command over systems, with the folder `out` of a temporary folder.
fn run_over(systems: &[System], temp: &Temp, arguments: &str) -> Said {
    let out = temp.join("out").into_os_string();
    let words = std::iter::once("synth").chain(arguments.split_whitespace());
    let words = words.map(OsString::from).chain(["--out".into(), out]);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let systems = Systems::new(systems.to_vec()).unwrap();
    let code = synth::cli::run(&systems, words, &mut out, &mut err);
    Said {
        out: String::from_utf8(out).unwrap(),
        err: String::from_utf8(err).unwrap(),
        code,
    }
}

fn run(temp: &Temp, arguments: &str) -> Said {
    run_over(&systems(), temp, arguments)
}

/// A folder with everything rendered.
fn rendered() -> Temp {
    let temp = Temp::new();
    assert_eq!(run(&temp, "").code, 0);
    temp
}

/// Systems of which one has a property that its schema does not know.
fn objectionable() -> Vec<System> {
    let mut systems = systems();
    let nonsense = synth::model::Override::set("Vpc", "Nonsense", true.into(), "to see what happens");
    systems[0]
        .overrides
        .push((None, synth::model::Stack::Network, nonsense));
    systems
}
