//! Where in JSON something is being written.

use super::context::Context;
use crate::read::Step;

/// What is open in JSON.
enum Open {
    Map { key: Option<String> },
    List { index: usize },
}

/// Where the end of a text in JSON stands.
pub(super) fn json(before: &str) -> Context {
    let mut reader = Reader::default();
    let mut letters = before.chars();
    while let Some(letter) = letters.next() {
        if letter == '"' {
            let (text, ended) = string(&mut letters);
            if ended {
                reader.last = text;
            } else {
                reader.unfinished = text;
            }
        } else {
            reader.take(letter);
        }
    }
    let steps = reader.open.into_iter().filter_map(|open| match open {
        Open::Map { key } => key.map(Step::Key),
        Open::List { index } => Some(Step::Index(index)),
    });
    Context {
        path: steps.collect(),
        value: reader.value,
        written: reader.unfinished,
        function: None,
    }
}

/// What stands before the letter that is read.
#[derive(Default)]
struct Reader {
    open: Vec<Open>,
    /// The text that was written last.
    last: String,
    /// Whether a value comes next, and not a key.
    value: bool,
    /// The text that does not end.
    unfinished: String,
}

impl Reader {
    /// Takes in a letter that is outside of texts.
    fn take(&mut self, letter: char) {
        match letter {
            '{' => self.begin(Open::Map { key: None }, false),
            '[' => self.begin(Open::List { index: 0 }, true),
            '}' | ']' => drop(self.open.pop()),
            ':' => {
                if let Some(Open::Map { key }) = self.open.last_mut() {
                    *key = Some(std::mem::take(&mut self.last));
                }
                self.value = true;
            }
            ',' => match self.open.last_mut() {
                Some(Open::Map { key }) => {
                    *key = None;
                    self.value = false;
                }
                Some(Open::List { index }) => *index += 1,
                None => {}
            },
            _ => {}
        }
    }

    fn begin(&mut self, open: Open, value: bool) {
        self.open.push(open);
        self.value = value;
    }
}

/// The rest of a string, and whether it ends.
fn string(letters: &mut std::str::Chars<'_>) -> (String, bool) {
    let mut text = String::new();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => return (text, true),
            '\\' => text.extend(letters.next()),
            _ => text.push(letter),
        }
    }
    (text, false)
}

#[cfg(test)]
mod tests {
    use super::json;

    #[test]
    fn json_is_told_by_its_brackets() {
        let context = json(r#"{"Resources": {"A": {"Type": "AWS::S"#);
        assert_eq!(
            (context.shown().as_str(), context.value, context.written.as_str()),
            ("Resources/A/Type", true, "AWS::S")
        );
        let context = json(r#"{"Resources": {"A": {"Properties": {"Tags": [{"Key": "a"}, {"V"#);
        assert_eq!(
            (context.shown().as_str(), context.value),
            ("Resources/A/Properties/Tags/1", false)
        );
        assert_eq!(context.written, "V");
    }
}
