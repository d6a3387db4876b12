//! What the command line and the file of settings say together; the command line goes before.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use glob::Pattern;

use super::super::Error;
use super::super::args::ValidateArgs;
use super::super::config::{ByPath, Config, Word, whole};
use super::judged::Judged;
use super::rules;
use crate::checks::{self, Level};

type Names = BTreeSet<&'static str>;

/// What is asked of the files of a call.
pub(super) struct Settings {
    pub(super) options: checks::Options,
    pub(super) schemas: Vec<PathBuf>,
    pub(super) baseline: Option<PathBuf>,
    /// The folder that paths are from.
    folder: PathBuf,
    paths: Vec<OfPath>,
}

/// What is asked of some of the files.
struct OfPath {
    files: Vec<Pattern>,
    allow: Names,
    deny: Names,
}

impl Settings {
    pub(super) fn of(args: &ValidateArgs, config: &Config) -> Result<Self, Error> {
        let (allow, deny) = (rules::named(&args.allow)?, rules::named(&args.deny)?);
        let said: Names = allow.union(&deny).copied().collect();
        let unsaid = |words: &[Word]| Ok::<Names, Error>(&named(words)? - &said);
        let regions = match args.region[..] {
            [] => checked(&config.regions, rules::regions)?.concat(),
            _ => rules::regions(&args.region)?,
        };
        let kubernetes = match &args.kubernetes {
            Some(text) => Some(rules::version(text)?),
            None => checked(config.kubernetes.as_slice(), |it| rules::version(&it[0]))?.pop(),
        };
        let schemas = match args.schema[..] {
            [] => config.schemas.iter().map(|it| config.folder.join(&it.text)).collect(),
            _ => args.schema.clone(),
        };
        let baseline = config.baseline.as_ref().map(|it| config.folder.join(&it.text));
        let paths = config.paths.iter().map(|path| OfPath::new(path, &said));
        Ok(Self {
            options: checks::Options {
                allow: &allow | &unsaid(&config.rules.allow)?,
                deny: &deny | &unsaid(&config.rules.deny)?,
                only: rules::named(&args.only)?,
                regions,
                kubernetes,
                ..checks::Options::default()
            },
            schemas,
            baseline: args.baseline.clone().or(baseline),
            folder: config.folder.clone(),
            paths: paths.collect::<Result<_, Error>>()?,
        })
    }

    /// Does to what was found what is asked of its file.
    pub(super) fn apply_by_path(&self, judged: &mut [Judged]) {
        if self.paths.is_empty() {
            return;
        }
        for found in judged.iter_mut().filter_map(Judged::found) {
            found.retain_mut(|told| {
                let finding = &mut told.finding;
                let Some(file) = inside(&self.folder, &finding.file) else {
                    return true;
                };
                let asked = self.paths.iter().rev().filter(|path| path.is_about(&file));
                let mut asked =
                    asked.filter(|path| path.allow.contains(finding.rule) || path.deny.contains(finding.rule));
                let Some(path) = asked.next() else {
                    return true;
                };
                if path.deny.contains(finding.rule) {
                    finding.level = Level::Error;
                }
                path.deny.contains(finding.rule)
            });
        }
    }
}

impl OfPath {
    fn new(path: &ByPath, said: &Names) -> Result<Self, Error> {
        let pattern = |word: &Word| {
            let text = word.text.trim_start_matches("./").trim_end_matches('/');
            Pattern::new(text).map_err(|error| word.wrong(&format!("`{}` is no glob: {error}", word.text)))
        };
        Ok(Self {
            files: path.files.iter().map(pattern).collect::<Result<_, Error>>()?,
            allow: &named(&path.rules.allow)? - said,
            deny: &named(&path.rules.deny)? - said,
        })
    }

    /// Whether it names a file, or a folder around it.
    fn is_about(&self, file: &Path) -> bool {
        let options = glob::MatchOptions {
            require_literal_separator: true,
            ..glob::MatchOptions::new()
        };
        let matches = |path: &Path| self.files.iter().any(|glob| glob.matches_path_with(path, options));
        file.ancestors().any(matches)
    }
}

/// The rules of names in the file.
fn named(words: &[Word]) -> Result<Names, Error> {
    let names = checked(words, rules::named)?;
    Ok(names.into_iter().flatten().collect())
}

/// What each text means, or the place of the one that means nothing.
fn checked<T>(words: &[Word], means: impl Fn(&[String]) -> Result<T, Error>) -> Result<Vec<T>, Error> {
    let one = |word: &Word| means(std::slice::from_ref(&word.text)).map_err(|error| word.wrong(&error));
    words.iter().map(one).collect()
}

/// The way to a file from a folder that it is in.
pub(super) fn inside(folder: &Path, file: &str) -> Option<PathBuf> {
    let whole = whole(Path::new(file)).ok()?;
    whole.strip_prefix(folder).ok().map(Path::to_path_buf)
}
