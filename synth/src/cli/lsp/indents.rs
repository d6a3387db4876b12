//! Where in YAML something is being written, told by how far in it stands.

use lsp_types::Position;

use super::context::Context;
use super::place::Lines;
use crate::read::Step;

/// A line of a map in YAML: how far in its key begins, whether it opens an item of a list, and the key.
struct Line<'a> {
    indent: usize,
    /// Where the dashes before the key stand.
    dashes: Vec<usize>,
    key: &'a str,
    /// What stands behind the colon, if there is one.
    value: Option<&'a str>,
}

impl<'a> Line<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let mut rest = text.trim_start();
        if rest.is_empty() || rest.starts_with('#') {
            return None;
        }
        let (mut indent, mut dashes) = (text.len() - rest.len(), Vec::new());
        while let Some(after) = rest
            .strip_prefix('-')
            .filter(|after| after.is_empty() || after.starts_with(' '))
        {
            dashes.push(indent);
            indent += 1 + after.len() - after.trim_start().len();
            rest = after.trim_start();
        }
        let (key, value) = match rest.split_once(": ") {
            Some((key, value)) => (key, Some(value)),
            None => rest.strip_suffix(':').map_or((rest, None), |key| (key, Some(""))),
        };
        let key = key.trim_matches(['"', '\'']);
        Some(Self {
            indent,
            dashes,
            key,
            value,
        })
    }
}

/// Where the end of the text before a place of YAML stands.
pub(super) fn yaml(lines: &Lines<'_>, position: Position) -> Context {
    let before = lines.before(position);
    let mut place = Place {
        path: Vec::new(),
        indent: before.len(),
    };
    let mut context = Context::default();
    if let Some(line) = Line::of(before) {
        context.value = line.value.is_some();
        if context.value {
            place.path.push(line.key.into());
        }
        let (function, written) = short(line.value.unwrap_or(line.key));
        context.value |= function.is_some();
        (context.function, context.written) = (function, written.to_owned());
        place.indent = line.indent;
        place.within(&line);
    }
    for number in (0..position.line).rev() {
        if let Some(line) = Line::of(lines.line(number)) {
            place.above(&line);
        }
    }
    place.path.reverse();
    context.path = place.path;
    context
}

/// A place on the way from the inside to the outside.
struct Place {
    /// The keys and indexes around what is written, from the inside.
    path: Vec<Step>,
    /// What stands further out than this is around it.
    indent: usize,
}

impl Place {
    /// Goes on to a line that stands above.
    fn above(&mut self, line: &Line<'_>) {
        if self.indent == 0 {
            return;
        }
        let opens = line
            .value
            .is_some_and(|value| value.is_empty() || value.starts_with(['!', '#', '&']));
        // The items of a list may stand as far in as its key.
        let lists = matches!(self.path.last(), Some(Step::Index(_)))
            && line.dashes.is_empty()
            && line.indent == self.indent - 1;
        if opens && (line.indent < self.indent || lists) {
            self.path.push(line.key.into());
            self.indent = line.indent;
            self.within(line);
        } else if line.indent <= self.indent && line.dashes.last().is_some_and(|at| *at < self.indent) {
            self.within(line);
        }
    }

    /// Goes out of the items that the dashes of a line open.
    fn within(&mut self, line: &Line<'_>) {
        for dash in line.dashes.iter().rev() {
            self.path.push(Step::Index(0));
            // What stands as far in as the dash can be its list's key.
            self.indent = *dash + 1;
        }
    }
}

/// The function of a short form, and what stands behind it.
fn short(value: &str) -> (Option<String>, &str) {
    let value = value.trim_start();
    let Some((function, rest)) = value.strip_prefix('!').and_then(|rest| rest.split_once(' ')) else {
        return (None, value.trim_start_matches(['"', '\'']));
    };
    (
        Some(function.to_owned()),
        rest.trim_start().trim_start_matches(['"', '\'']),
    )
}

#[cfg(test)]
mod tests {
    use lsp_types::Position;

    use super::yaml;
    use crate::cli::lsp::context::Context;
    use crate::cli::lsp::place::Lines;

    /// The context at the end of a text.
    fn of(text: &str) -> Context {
        let line = u32::try_from(text.matches('\n').count()).expect("a small text");
        yaml(&Lines::of(text), Position::new(line, u32::MAX))
    }

    const RESOURCE: &str = "Resources:\n  # one\n  A:\n    Type: AWS::S3::Bucket\n\n    Properties:\n";

    #[test]
    fn a_key_is_written_below_the_keys_that_stand_further_out() {
        let context = of(&format!("{RESOURCE}      Buck"));
        assert_eq!(
            (context.shown().as_str(), context.value),
            ("Resources/A/Properties", false)
        );
        assert_eq!(context.written, "Buck");
        assert_eq!(
            of(&format!("{RESOURCE}      BucketName: x\n      ")).shown(),
            "Resources/A/Properties"
        );
        assert_eq!(of("Resources:\n  A:\n    ").shown(), "Resources/A");
        assert_eq!(of("Reso").shown(), "");
    }

    #[test]
    fn a_value_is_written_behind_its_key() {
        let context = of("Resources:\n  A:\n    Type: AWS::S");
        assert_eq!((context.shown().as_str(), context.value), ("Resources/A/Type", true));
        assert_eq!(context.written, "AWS::S");
        let context = of(&format!("{RESOURCE}      BucketName: !Ref "));
        assert_eq!(context.function.as_deref(), Some("Ref"));
        assert_eq!(context.shown(), "Resources/A/Properties/BucketName");
    }

    #[test]
    fn items_of_a_list_stand_further_in_than_its_key_or_as_far() {
        for tags in [
            "      Tags:\n        - Key: a\n          ",
            "      Tags:\n      - Key: a\n        ",
        ] {
            assert_eq!(
                of(&format!("{RESOURCE}{tags}")).shown(),
                "Resources/A/Properties/Tags/0",
                "{tags}"
            );
        }
        let context = of(&format!("{RESOURCE}      Tags:\n        - K"));
        assert_eq!(context.shown(), "Resources/A/Properties/Tags/0");
        assert_eq!(context.written, "K");
        let context = of("Resources:\n  A:\n    DependsOn:\n      - ");
        assert_eq!(context.shown(), "Resources/A/DependsOn/0");
        let after = format!("{RESOURCE}      Tags:\n        - Key: a\n      Bu");
        assert_eq!(of(&after).shown(), "Resources/A/Properties");
    }
}
