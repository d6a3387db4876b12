//! Cells of tables that a person can read: what is long goes on in the next line.

use super::words::cell;

/// How many characters a cell has at the most.
pub(super) const MOST: usize = 200;

/// Items one after the other, in as few texts as fit into cells.
pub(super) fn pack(items: impl IntoIterator<Item = String>, separator: &str) -> Vec<String> {
    join(items.into_iter().flat_map(|item| cut(&cell(&item))), separator)
}

/// Texts of cells in as few cells as can be.
pub(super) fn join(items: impl IntoIterator<Item = String>, separator: &str) -> Vec<String> {
    let mut cells: Vec<String> = Vec::new();
    for item in items {
        match cells.last_mut() {
            Some(last) if length(last) + length(separator) + length(&item) <= MOST => {
                last.push_str(separator);
                last.push_str(&item);
            }
            _ => cells.push(item),
        }
    }
    cells
}

/// Items after a word that is repeated where they go on: `ecr: BatchGetImage, PutImage`.
pub(super) fn pack_after(word: &str, items: &[String]) -> Vec<String> {
    let mut cells: Vec<String> = Vec::new();
    for item in items {
        match cells.last_mut() {
            Some(last) if length(last) + 2 + length(item) <= MOST => {
                last.push_str(", ");
                last.push_str(item);
            }
            _ => cells.push(format!("{word}: {item}")),
        }
    }
    cells
}

/// As many sentences of a text as fit into a cell, at least the first.
pub(super) fn sentences(text: &str) -> String {
    let text = cell(text);
    let mut sentences = text.split_inclusive(". ");
    let mut fitting = sentences.next().unwrap_or_default().to_owned();
    for sentence in sentences {
        if length(&fitting) + length(sentence) > MOST {
            break;
        }
        fitting.push_str(sentence);
    }
    fitting.trim_end().to_owned()
}

/// Columns side by side, as many lines as the longest has.
pub(super) fn lines<const N: usize>(columns: &[Vec<String>; N]) -> Vec<[String; N]> {
    let longest = columns.iter().map(Vec::len).max().unwrap_or(0);
    let line =
        |index: usize| std::array::from_fn(|column: usize| columns[column].get(index).cloned().unwrap_or_default());
    (0..longest).map(line).collect()
}

/// A text that is too long for a cell, cut between words.
fn cut(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match parts.last_mut() {
            Some(last) if length(last) + 1 + length(word) <= MOST => {
                last.push(' ');
                last.push_str(word);
            }
            _ => parts.push(word.to_owned()),
        }
    }
    parts
}

fn length(text: &str) -> usize {
    text.chars().count()
}
