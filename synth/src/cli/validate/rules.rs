//! What the options mean: rules by name, regions, private types.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::super::{Error, explain};
use crate::checks::{self, RULES, Subject, across, manifest, tofu};
use crate::schema::kubernetes::Version;
use crate::schema::{self, near::nearest};

/// The rules of names; a family stands for its rules.
pub(super) fn named(names: &[String]) -> Result<BTreeSet<&'static str>, Error> {
    let mut found = BTreeSet::new();
    for name in names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        let rules = RULES
            .iter()
            .chain(manifest::RULES)
            .chain(tofu::RULES)
            .chain(across::RULES)
            .chain(across::queries::RULES)
            .filter(|rule| rule.name == checks::current(name) || rule.family.name() == name);
        let rules: Vec<&str> = rules.map(|rule| rule.name).collect();
        if rules.is_empty() {
            return Err(unasked(name));
        }
        found.extend(rules);
    }
    Ok(found)
}

/// What to say of a rule that is asked about no file that is judged, or does not exist.
fn unasked(name: &str) -> Error {
    match Subject::rules().find(|(_, rule)| rule.name == name) {
        Some((
            Subject::Templates | Subject::Manifests | Subject::Modules | Subject::Across | Subject::Queries,
            rule,
        )) => Error::Usage(format!("nothing changes the rule `{}`", rule.name)),
        Some((subject, rule)) => Error::Usage(format!(
            "the rule `{}` is about {}; validate judges templates, manifests and modules",
            rule.name,
            subject.name()
        )),
        None => explain::unknown_rule(name),
    }
}

pub(super) fn version(text: &str) -> Result<Version, Error> {
    Version::parse(text).ok_or_else(|| {
        let known = Version::ALL.map(|version| version.to_string()).join(", ");
        Error::Usage(format!(
            "there is no version `{text}` of Kubernetes here; there are {known}"
        ))
    })
}

pub(super) fn regions(names: &[String]) -> Result<Vec<String>, Error> {
    for name in names {
        if !schema::regions().any(|region| region == name) {
            let near = nearest(name, schema::regions());
            let near = near
                .map(|near| format!(" (did you mean `{near}`?)"))
                .unwrap_or_default();
            let known: Vec<&str> = schema::regions().collect();
            let known = known.join(", ");
            return Err(Error::Usage(format!(
                "there is no region `{name}`{near}; there are {known}"
            )));
        }
    }
    Ok(names.to_vec())
}

/// Adds the private types of files and folders.
pub(super) fn schemas(paths: &[PathBuf]) -> Result<(), Error> {
    for path in paths {
        if path.is_dir() {
            let entries = fs::read_dir(path).map_err(|error| unusable(path, &error))?;
            let mut files = Vec::new();
            for entry in entries {
                files.push(entry.map_err(|error| unusable(path, &error))?.path());
            }
            files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
            files.sort();
            if files.is_empty() {
                return Err(unusable(path, &"the folder has no *.json"));
            }
            files.iter().try_for_each(|file| add(file))?;
        } else {
            add(path)?;
        }
    }
    Ok(())
}

fn add(path: &Path) -> Result<(), Error> {
    let text = fs::read_to_string(path).map_err(|error| unusable(path, &error))?;
    schema::add(&text).map_err(|error| unusable(path, &error))?;
    Ok(())
}

fn unusable(path: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::Usage(format!("cannot use the schema {}: {error}", path.display()))
}
