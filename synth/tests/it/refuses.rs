//! Code that must not compile does not, for the reason that it says and at the place that it says.
//!
//! What the compiler prints is not compared: it changes with the compiler, and users have others than we do. The code
//! of an error and its line do not.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/refuses");

/// What a file says of itself (`//~ E0308` at the end of a line), and what the compiler said: codes and lines.
type Verdicts = BTreeMap<String, (BTreeSet<String>, BTreeSet<u64>)>;

#[test]
fn what_must_not_compile_fails_where_it_says_and_as_it_says() {
    let (expected, seen) = (expected(), seen());
    assert!(expected.len() > 10, "found {} files in {FOLDER}", expected.len());
    assert_eq!(seen, expected);
}

fn expected() -> Verdicts {
    let files = std::fs::read_dir(FOLDER).unwrap().map(|file| file.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|end| end == "rs"));
    files
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let lines = (1..).zip(text.lines());
            let marks = lines.filter_map(|(line, text)| Some((text.split_once("//~ ")?.1.to_owned(), line)));
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), marks.unzip())
        })
        .collect()
}

fn seen() -> Verdicts {
    let mut seen = Verdicts::new();
    for message in messages() {
        let name = || message["target"]["name"].as_str().unwrap().to_owned();
        match message["reason"].as_str() {
            // A file that compiles, and one that does not.
            Some("compiler-artifact") if message["manifest_path"].as_str().unwrap().contains("refuses") => {
                seen.entry(name()).or_default();
            }
            Some("compiler-message") => {
                let verdict = seen.entry(name()).or_default();
                let message = &message["message"];
                verdict.0.extend(message["code"]["code"].as_str().map(str::to_owned));
                verdict.1.extend(own_lines(message, &name()));
            }
            _ => {}
        }
    }
    seen
}

/// Where a message points to in the file itself, be it at a macro.
fn own_lines<'a>(message: &'a Json, name: &str) -> impl Iterator<Item = u64> + use<'a> {
    let file = format!("{name}.rs");
    let spans = message["spans"].as_array().into_iter().flatten();
    let primary = spans.filter(|span| span["is_primary"] == true).map(written);
    let own = primary.filter(move |span| Path::new(span["file_name"].as_str().unwrap()).ends_with(&file));
    own.map(|span| span["line_start"].as_u64().unwrap())
}

/// What stands in the source: of what a macro made, the macro.
fn written(span: &Json) -> &Json {
    match &span["expansion"]["span"] {
        Json::Null => span,
        outer => written(outer),
    }
}

/// What cargo says when it checks the files: what an editor shows. It is done with the profile and into the folder of
/// this test, where what they depend on may be checked already.
fn messages() -> Vec<Json> {
    let this = std::env::current_exe().unwrap();
    let profile = this.parent().and_then(Path::parent).unwrap();
    let profile_name = match profile.file_name().unwrap().to_str().unwrap() {
        "debug" => "dev",
        other => other,
    };
    let output = Command::new(env!("CARGO"))
        .current_dir(FOLDER)
        .args(["check", "--offline", "--bins", "--features", "refuse", "--keep-going"])
        .args(["--message-format", "json", "--profile", profile_name, "--target-dir"])
        .arg(profile.parent().unwrap())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
