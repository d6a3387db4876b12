//! Rules by words.

use std::cmp::Reverse;

use crate::checks::{Rule, Subject};

/// The rules that have all of the words, those first in which they weigh most, and then by name.
pub(super) fn rules(words: &[String]) -> Vec<(Subject, &'static Rule)> {
    let words: Vec<String> = words.iter().flat_map(|word| parts(word)).collect();
    let found = Subject::rules().filter_map(|(subject, rule)| Some((weight(&words, subject, rule)?, subject, rule)));
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|(weight, _, rule)| (Reverse(*weight), rule.name));
    found.into_iter().map(|(_, subject, rule)| (subject, rule)).collect()
}

/// How much the words weigh in a rule; none if it lacks one of them.
fn weight(words: &[String], subject: Subject, rule: &Rule) -> Option<usize> {
    let about = [subject.name(), rule.family.name(), rule.level.name()].join(" ");
    let (first, rest) = rule.why.split_once(". ").unwrap_or((rule.why, ""));
    let places = [
        (16, rule.name),
        (8, first),
        (4, rest),
        (4, &about),
        (1, rule.example),
        (1, rule.instead),
    ];
    let places = places.map(|(weight, text)| (weight, parts(text).collect::<Vec<_>>()));
    let of_word = |word: &String| {
        let hits = places
            .iter()
            .map(|(weight, parts)| weight * parts.iter().map(|part| is_like(word, part)).max().unwrap_or(0));
        Some(hits.sum::<usize>()).filter(|weight| *weight > 0)
    };
    let weight: usize = words.iter().map(of_word).sum::<Option<usize>>()?;
    let is_named = |part: String| words.iter().any(|word| is_like(word, &part) > 0);
    // A name of which nothing is left over is the one that is meant.
    Some(weight + if parts(rule.name).all(is_named) { 32 } else { 0 })
}

/// How like a word of a text is to one that is looked for: the same, in another form, or not at all.
fn is_like(word: &str, part: &str) -> usize {
    if part == word {
        return 2;
    }
    // Three letters begin too much.
    let stem = word.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(word);
    usize::from(part == stem || stem.len() > 3 && part.starts_with(stem))
}

/// The words of a text, in lower case.
fn parts(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(|letter: char| !letter.is_alphanumeric());
    parts.filter(|part| !part.is_empty()).map(str::to_lowercase)
}
