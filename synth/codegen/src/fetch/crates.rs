//! The crates: brought by cargo, and held against the sums that are pinned.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{json, run, text};
use crate::Failure;

const PINS: &str = include_str!("../../crates.txt");

/// The licence of all of them; one that says another is not taken.
const LICENCE: &str = "0BSD";

/// A crate of the list.
struct Pin {
    name: &'static str,
    version: &'static str,
    sum: &'static str,
}

fn pins() -> impl Iterator<Item = Pin> {
    let lines = PINS.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let mut words = line.split(' ');
        Some(Pin {
            name: words.next()?,
            version: words.next()?,
            sum: words.next()?,
        })
    })
}

/// A line in the head of a store for each crate.
pub(super) fn sources() -> impl Iterator<Item = String> {
    pins().map(|pin| format!("source {} {} {LICENCE}", pin.name, pin.version))
}

/// The folders with the sources of the crates, in the order of the list.
pub(super) fn unpack(scratch: &Path) -> Result<Vec<PathBuf>, Failure> {
    let folder = scratch.join("crates");
    bring(&folder)?;
    pins()
        .map(|pin| checked(&pin, &folder.join("all").join(pin.name)))
        .collect()
}

/// Lets cargo bring them, as what a package of no use depends on.
#[expect(
    clippy::disallowed_methods,
    reason = "it writes into a scratch folder, not into out/"
)]
fn bring(folder: &Path) -> Result<(), Failure> {
    const HEAD: &str =
        "[package]\nname = \"crates\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n";
    let needed = pins().map(|pin| format!("{} = \"={}\"\n", pin.name, pin.version));
    let manifest = needed.fold(HEAD.to_owned(), |all, line| all + &line);
    let failed = |error: std::io::Error| Failure(format!("cannot use {}: {error}", folder.display()));
    std::fs::create_dir_all(folder.join("src")).map_err(failed)?;
    std::fs::write(folder.join("Cargo.toml"), manifest).map_err(failed)?;
    std::fs::write(folder.join("src/lib.rs"), "").map_err(failed)?;
    // With the folder that this runs in, cargo would take the configuration of the workspace around it. The configuration
    // that it tells of is nobody's.
    let mut cargo = Command::new("cargo");
    cargo
        .args(["vendor", "--quiet", "all"])
        .current_dir(folder)
        .stdout(Stdio::null());
    run(&mut cargo, "install Rust with cargo")
}

fn checked(pin: &Pin, folder: &Path) -> Result<PathBuf, Failure> {
    let sums = json(&folder.join(".cargo-checksum.json"))?;
    if sums["package"] != pin.sum {
        return Err(Failure(format!(
            "crates.txt: {} {} has the sum {}",
            pin.name, pin.version, sums["package"]
        )));
    }
    let manifest = text(&folder.join("Cargo.toml"))?;
    if !manifest.contains(&format!("\nlicense = \"{LICENCE}\"\n")) {
        return Err(Failure(format!("crates.txt: {} is not under {LICENCE}", pin.name)));
    }
    Ok(folder.join("src"))
}
