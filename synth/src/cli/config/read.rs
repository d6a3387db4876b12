//! From TOML to settings, each with its place.

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::super::Error;
use super::{ByPath, Config, Rules, Word};
use crate::schema::near::nearest;

/// The keys of the file.
pub(super) const KEYS: [&str; 7] = ["allow", "deny", "region", "kubernetes", "schema", "baseline", "path"];
/// The keys of a `[[path]]`.
pub(super) const KEYS_OF_PATH: [&str; 3] = ["files", "allow", "deny"];

/// What a text says; `name` is what to call it.
pub(super) fn config(name: &str, text: &str) -> Result<Config, Error> {
    let file = File { name, text };
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        file.wrong(at, &format!("no TOML: {}", error.message()))
    })?;
    let mut config = Config::default();
    for (key, value) in table.get_ref() {
        match &*key.get_ref().clone() {
            "allow" => config.rules.allow = file.words("allow", value)?,
            "deny" => config.rules.deny = file.words("deny", value)?,
            "region" => config.regions = file.words("region", value)?,
            "kubernetes" => config.kubernetes = Some(file.word("kubernetes", value)?),
            "schema" => config.schemas = file.words("schema", value)?,
            "baseline" => config.baseline = Some(file.word("baseline", value)?),
            "path" => config.paths = file.paths(value)?,
            _ => return Err(file.unknown(key.get_ref(), key.span().start, &KEYS)),
        }
    }
    Ok(config)
}

/// A file that is read.
struct File<'a> {
    name: &'a str,
    text: &'a str,
}

impl File<'_> {
    fn place(&self, at: usize) -> String {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        format!("{}:{line}:{column}", self.name)
    }

    fn wrong(&self, at: usize, why: &str) -> Error {
        Error::Usage(format!("{}: {why}", self.place(at)))
    }

    fn unknown(&self, key: &str, at: usize, known: &[&str]) -> Error {
        let near = nearest(key, known.iter().copied());
        let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        let known = known.join("`, `");
        self.wrong(
            at,
            &format!("there is no key `{key}`{near}; the keys here are `{known}`"),
        )
    }

    fn other(&self, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str) -> Error {
        let saw = value.get_ref().type_str();
        self.wrong(value.span().start, &format!("`{key}` is {wanted}, not of type {saw}"))
    }

    fn word(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<Word, Error> {
        let text = value.get_ref().as_str();
        let text = text.ok_or_else(|| self.other(key, value, "a text in quotes"))?;
        Ok(Word {
            text: text.to_owned(),
            place: self.place(value.span().start),
        })
    }

    fn array<'a, 'b>(&self, key: &str, value: &'a Spanned<DeValue<'b>>, of: &str) -> Result<&'a DeArray<'b>, Error> {
        let array = value.get_ref().as_array();
        array.ok_or_else(|| self.other(key, value, of))
    }

    fn words(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<Vec<Word>, Error> {
        let words = self.array(key, value, "a list of texts, `[\"…\"]`")?;
        words.iter().map(|word| self.word(key, word)).collect()
    }

    fn paths(&self, value: &Spanned<DeValue<'_>>) -> Result<Vec<ByPath>, Error> {
        let paths = self.array("path", value, "written `[[path]]`, once for each")?;
        paths.iter().map(|path| self.path(path)).collect()
    }

    fn path(&self, value: &Spanned<DeValue<'_>>) -> Result<ByPath, Error> {
        let table = value.get_ref().as_table();
        let table = table.ok_or_else(|| self.other("path", value, "written `[[path]]`, once for each"))?;
        let (mut files, mut rules) = (None, Rules::default());
        for (key, value) in table {
            match &*key.get_ref().clone() {
                "files" => files = Some(self.words("files", value)?),
                "allow" => rules.allow = self.words("allow", value)?,
                "deny" => rules.deny = self.words("deny", value)?,
                _ => return Err(self.unknown(key.get_ref(), key.span().start, &KEYS_OF_PATH)),
            }
        }
        let why = "a `[[path]]` needs `files`, the folders, files or globs that it is about";
        let files = files.ok_or_else(|| self.wrong(value.span().start, why))?;
        Ok(ByPath { files, rules })
    }
}
