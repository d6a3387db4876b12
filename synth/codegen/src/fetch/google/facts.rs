//! What the provider's schema does not say: `facts/google.txt` tells where each line comes from.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use crate::Failure;

const FACTS: &str = include_str!("../../../facts/google.txt");

/// What a change of an argument does.
const EFFECTS: [&str; 4] = ["replace", "may-replace", "shrink", "stop"];

/// The lines, and which of them have matched.
pub(super) struct Facts {
    lines: Vec<Vec<&'static str>>,
    used: BTreeSet<usize>,
}

impl Facts {
    pub(super) fn read() -> Result<Self, Failure> {
        let lines = FACTS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let lines: Vec<Vec<&str>> = lines.map(|line| line.split(' ').collect()).collect();
        let known = |line: &&Vec<&str>| {
            EFFECTS.contains(&line[0]) && line.len() > 2
                || ["values", "one-of", "not-both"].contains(&line[0]) && line.len() > 3
        };
        match lines.iter().find(|line| !known(line)) {
            Some(line) => Err(Failure(format!("facts/google.txt: `{}` is no fact", line.join(" ")))),
            None => Ok(Self {
                lines,
                used: BTreeSet::new(),
            }),
        }
    }

    /// Adds to a kind what is known of it.
    pub(super) fn apply(&mut self, name: &str, json: &mut Json) -> Result<(), Failure> {
        for (number, line) in self.lines.iter().enumerate() {
            let [word, kind, rest @ ..] = line.as_slice() else {
                continue;
            };
            if name.strip_prefix("resource/") != Some(*kind) {
                continue;
            }
            self.used.insert(number);
            if *word == "values" {
                let [path, values @ ..] = rest else { continue };
                argument(json, path).ok_or_else(|| missing(kind, path))?["values"] = values.into();
                continue;
            }
            for path in rest {
                let there = argument(json, path.trim_end_matches("/#")).is_some();
                there.then_some(()).ok_or_else(|| missing(kind, path))?;
            }
            if json[*word].is_null() {
                json[*word] = json!([]);
            }
            let all = json[*word].as_array_mut().into_iter();
            if EFFECTS.contains(word) {
                all.for_each(|all| all.extend(rest.iter().map(|path| Json::from(*path))));
            } else {
                all.for_each(|all| all.push(rest.into()));
            }
        }
        Ok(())
    }

    pub(super) fn all_used(&self) -> Result<(), Failure> {
        let idle = self
            .lines
            .iter()
            .enumerate()
            .find(|(number, _)| !self.used.contains(number));
        idle.map_or(Ok(()), |(_, line)| {
            Err(Failure(format!("facts/google.txt: nothing is a {}", line[1])))
        })
    }
}

fn missing(kind: &str, path: &str) -> Failure {
    Failure(format!("facts/google.txt: {kind} has no {path}"))
}

/// The argument at a path such as `boot_disk/source`.
fn argument<'a>(json: &'a mut Json, path: &str) -> Option<&'a mut Json> {
    path.split('/')
        .try_fold(json, |json, step| json.get_mut("arguments")?.get_mut(step))
}
