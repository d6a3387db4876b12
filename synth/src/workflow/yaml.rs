//! Texts as YAML reads them back.

/// Comments are wrapped at this width.
const WIDTH: usize = 100;

/// A script or another text of lines, as it stands after a key; the layout indents it.
pub(super) fn block(text: &str) -> String {
    match text.trim_end() {
        one if !one.contains('\n') => scalar(one),
        lines => format!("|\n{lines}"),
    }
}

/// A text as YAML reads it back as the same text.
pub(super) fn scalar(text: &str) -> String {
    if text.contains('\n') {
        block(text)
    } else if is_plain(text) {
        text.to_owned()
    } else if text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}

/// Whether YAML 1.1 and 1.2 both read it as text when it is not quoted.
fn is_plain(text: &str) -> bool {
    let starts = |first: char| first.is_ascii_alphanumeric() || "./$_".contains(first);
    let inside = |other: char| other.is_ascii_alphanumeric() || " ./$_-:=,@{}()'&|*\"<>".contains(other);
    let ends_well = !text.ends_with([' ', ':']);
    let is_word = matches!(
        text.to_ascii_lowercase().as_str(),
        "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "y" | "n"
    );
    // Anything that could be a number, a time or an account is quoted: 012345678901 is an octal number.
    let is_number = text.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && text.contains(|one: char| one.is_ascii_digit())
        && text
            .chars()
            .all(|one| one.is_ascii_digit() || "._:eExXa-f+".contains(one));
    text.starts_with(starts)
        && text.chars().all(inside)
        && ends_well
        && !is_word
        && !is_number
        && !text.contains(": ")
        && !text.contains(" #")
}

/// Lines of a comment.
pub(super) fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let fits = lines
            .last()
            .is_some_and(|line| line.is_empty() || line.len() + word.len() < WIDTH);
        match lines.last_mut().filter(|_| fits) {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) => line.extend([" ", word]),
            None => lines.push(word.to_owned()),
        }
    }
    lines
}
