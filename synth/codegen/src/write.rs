//! The typed modules: from the store to the files of `synth/src/aws/`, `synth/src/k8s/` and `synth/src/google/`.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use crate::types::TYPES;
use crate::{Failure, emit, google, kubernetes, save, say, schema};

/// A generated folder below `synth/src`, and what makes its files.
type Room = (&'static str, fn() -> Result<Vec<(String, String)>, Failure>);

const ROOMS: [Room; 3] = [
    ("aws", of_aws),
    ("k8s", kubernetes::modules),
    ("google", google::modules),
];

/// Writes the files that differ and removes those that nothing generates any more.
pub(crate) fn write(sources: &Path) -> Result<ExitCode, Failure> {
    for (name, text) in stale(sources)? {
        let path = sources.join(&name);
        match text {
            Some(text) => save(&path, text.as_bytes())?,
            None => std::fs::remove_file(&path)
                .map_err(|error| Failure(format!("cannot remove {}: {error}", path.display())))?,
        }
        say(&format!("{name}\n"));
    }
    Ok(ExitCode::SUCCESS)
}

/// Says which files differ.
pub(crate) fn check(sources: &Path) -> Result<ExitCode, Failure> {
    let stale = stale(sources)?;
    for name in stale.keys() {
        say(&format!("stale: synth/src/{name}; run `cargo codegen write`\n"));
    }
    Ok(if stale.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The files that are not as they should be: their text, or nothing if they should not be.
fn stale(sources: &Path) -> Result<BTreeMap<String, Option<String>>, Failure> {
    let mut stale: BTreeMap<String, Option<String>> = BTreeMap::new();
    for (room, modules) in ROOMS {
        let folder = sources.join(room);
        let unreadable = |error| Failure(format!("cannot read {}: {error}", folder.display()));
        for entry in std::fs::read_dir(&folder).map_err(unreadable)? {
            let name = entry.map_err(unreadable)?.file_name();
            stale.insert(format!("{room}/{}", name.to_string_lossy()), None);
        }
        for (name, text) in modules()? {
            let (name, text) = (format!("{room}/{name}"), format(&text)?);
            if std::fs::read_to_string(sources.join(&name)).is_ok_and(|old| old == text) {
                stale.remove(&name);
            } else {
                stale.insert(name, Some(text));
            }
        }
    }
    Ok(stale)
}

/// The files of AWS's types and their texts.
fn of_aws() -> Result<Vec<(String, String)>, Failure> {
    let mut services: BTreeMap<&str, Vec<&schema::ResourceSchema>> = BTreeMap::new();
    for name in TYPES {
        let schema = schema::resource(name).ok_or_else(|| Failure(format!("AWS has no type {name}")))?;
        let service = name.split("::").nth(1).unwrap_or_default();
        services.entry(service).or_default().push(schema);
    }
    let mut kinds = emit::Kinds::new(TYPES.iter().copied());
    let mut files = Vec::new();
    for (service, types) in &services {
        let name = format!("{}.rs", service.to_ascii_lowercase());
        files.push((name, emit::module(service, types, &mut kinds)?));
    }
    files.push(("mod.rs".to_owned(), emit::root(services.keys().copied())));
    match kinds.unmatched().as_slice() {
        [] => Ok(files),
        unmatched => Err(Failure(format!(
            "fixups that match nothing: {}; remove them",
            unmatched.join(", ")
        ))),
    }
}

/// What rustfmt makes of a text.
fn format(text: &str) -> Result<String, Failure> {
    let failed = |error: std::io::Error| Failure(format!("cannot run rustfmt: {error}"));
    let config = concat!(env!("CARGO_MANIFEST_DIR"), "/../../.rustfmt.toml");
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.args(["--edition", "2024", "--config-path", config]);
    let mut child = rustfmt
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let input = child.stdin.take();
    // rustfmt reads all before it writes, so the pipes cannot block each other.
    input
        .map_or(Ok(()), |mut input| input.write_all(text.as_bytes()))
        .map_err(failed)?;
    let output = child.wait_with_output().map_err(failed)?;
    if !output.status.success() {
        return Err(Failure(format!("rustfmt refuses what was generated: {text}")));
    }
    String::from_utf8(output.stdout).map_err(|error| Failure(format!("rustfmt wrote what is not text: {error}")))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn the_committed_modules_are_what_the_store_gives() {
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../src"));
        let stale = super::stale(folder).expect("can be generated");
        assert_eq!(stale.keys().collect::<Vec<_>>(), [""; 0], "run `cargo codegen write`");
    }
}
