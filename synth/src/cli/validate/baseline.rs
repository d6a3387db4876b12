//! What was found before: an old repository begins with what is new.
//!
//! A finding is known by its rule, its file and its path within the document, none of which change when lines move; how
//! many there are of one is counted, so that one more of the same is new.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::super::Error;
use super::super::config::whole;
use super::super::report::count;
use super::inputs::Input;
use super::judged::Judged;
use super::settings::inside;
use super::write;
use crate::checks::Finding;
use crate::checks::show::dotted;

/// The form of the file.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    version: u32,
    findings: Vec<Known>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    file: String,
    path: String,
    rule: String,
    count: usize,
}

/// File, path and rule.
type Key = (String, String, String);

/// A file of findings.
pub(super) struct Baseline {
    file: PathBuf,
    /// The folder that files are from.
    folder: PathBuf,
    known: BTreeMap<Key, usize>,
}

impl Baseline {
    /// Reads the file; one that is to be written need not be there.
    pub(super) fn of(file: Option<&Path>, writing: bool) -> Result<Option<Self>, Error> {
        let Some(file) = file else {
            let text = "--write-baseline has no file to write; name it with --baseline FILE";
            return if writing {
                Err(Error::Usage(text.to_owned()))
            } else {
                Ok(None)
            };
        };
        let folder = whole(file)?.parent().unwrap_or(Path::new("/")).to_path_buf();
        let known = if writing && !file.exists() {
            BTreeMap::new()
        } else {
            read(file)?
        };
        let file = file.to_path_buf();
        Ok(Some(Self { file, folder, known }))
    }

    /// Takes away what is known, and tells how much that is.
    pub(super) fn hide(self, inputs: &[Input], judged: &mut [Judged]) -> Option<String> {
        let looked = self.looked_at(inputs);
        let mut left = self.known.clone();
        let mut hidden = 0;
        for found in judged.iter_mut().filter_map(Judged::found) {
            found.retain(|told| match left.get_mut(&self.key(&told.finding)) {
                Some(count @ 1..) => {
                    *count -= 1;
                    hidden += 1;
                    false
                }
                _ => true,
            });
        }
        let gone = left.iter().filter(|((file, ..), _)| looked.contains(file));
        let gone: usize = gone.map(|(_, count)| count).sum();
        let gone = match gone {
            0 => String::new(),
            gone => format!("; {gone} of it are gone: write it anew with --write-baseline"),
        };
        let known = count(hidden, "finding");
        (hidden > 0 || !gone.is_empty()).then(|| format!("{known} known by {}{gone}", self.file.display()))
    }

    /// Writes all that was found, and takes it away; what is known of other files stays.
    pub(super) fn take(mut self, inputs: &[Input], judged: &mut [Judged]) -> Result<String, Error> {
        let looked = self.looked_at(inputs);
        self.known.retain(|(file, ..), _| !looked.contains(file));
        let mut taken = 0;
        for found in judged.iter_mut().filter_map(Judged::found) {
            for told in std::mem::take(found) {
                *self.known.entry(self.key(&told.finding)).or_default() += 1;
                taken += 1;
            }
        }
        self.write()?;
        Ok(format!(
            "{} written into {}",
            count(taken, "finding"),
            self.file.display()
        ))
    }

    fn key(&self, finding: &Finding) -> Key {
        (
            self.place(&finding.file),
            dotted(&finding.path),
            finding.rule.to_owned(),
        )
    }

    /// A file from the folder of this one.
    fn place(&self, file: &str) -> String {
        let place = inside(&self.folder, file).unwrap_or_else(|| PathBuf::from(file));
        place.to_string_lossy().replace('\\', "/")
    }

    fn looked_at(&self, inputs: &[Input]) -> BTreeSet<String> {
        inputs.iter().map(|input| self.place(&input.name)).collect()
    }

    fn write(&self) -> Result<(), Error> {
        let findings = self.known.iter().map(|((file, path, rule), count)| Known {
            file: file.clone(),
            path: path.clone(),
            rule: rule.clone(),
            count: *count,
        });
        let stored = Stored {
            version: VERSION,
            findings: findings.collect(),
        };
        let cannot = |error| Error::Usage(format!("cannot write the baseline {}: {error}", self.file.display()));
        let text = serde_json::to_string_pretty(&stored).map_err(|error| cannot(error.into()))?;
        write::replace(&self.file, &(text + "\n")).map_err(cannot)
    }
}

fn read(file: &Path) -> Result<BTreeMap<Key, usize>, Error> {
    let cannot = |error: &dyn std::fmt::Display| {
        let help = "make it with --write-baseline";
        Error::Usage(format!("cannot read the baseline {}: {error}; {help}", file.display()))
    };
    let text = fs::read_to_string(file).map_err(|error| cannot(&error))?;
    let stored: Stored = serde_json::from_str(&text).map_err(|error| cannot(&error))?;
    if stored.version != VERSION {
        return Err(cannot(&format!("it is of version {}, not {VERSION}", stored.version)));
    }
    let known = stored.findings.into_iter();
    Ok(known.map(|it| ((it.file, it.path, it.rule), it.count)).collect())
}
