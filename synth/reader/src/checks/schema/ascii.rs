//! Expressions of ECMAScript that the fast engine does not take as they stand, in words that say the same of ASCII.

/// An expression for the engine, and what a text that it describes must not begin with.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Simple<'a> {
    pub(super) expression: String,
    pub(super) never: Option<&'a str>,
}

/// The same of ASCII texts without a look ahead at the beginning, such as `^(?!aws:)`, and without the classes of
/// Unicode that AWS's tags are written with.
pub(super) fn simple(text: &str) -> Simple<'_> {
    let ahead = text.strip_prefix("^(?!").and_then(|rest| rest.split_once(')'));
    // Of several alternatives only the first looks ahead.
    let ahead = ahead.filter(|(never, rest)| never.bytes().all(is_itself) && !rest.contains('|'));
    match ahead {
        Some((never, rest)) => Simple {
            expression: format!("^{}", without_unicode(rest)),
            never: Some(never),
        },
        None => Simple {
            expression: without_unicode(text),
            never: None,
        },
    }
}

fn is_itself(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b':' || byte == b'-'
}

/// Classes inside of sets as the ranges that they have in ASCII. Others are left, and the engine refuses them.
fn without_unicode(text: &str) -> String {
    const CLASSES: [(&str, &str); 3] = [("p{L}", "a-zA-Z"), ("p{N}", "0-9"), ("p{Z}", " ")];
    let mut out = String::with_capacity(text.len());
    let (mut inside, mut rest) = (false, text);
    while let Some(next) = rest.chars().next() {
        let known = CLASSES.iter().find_map(|(class, ranges)| {
            let after = rest.strip_prefix('\\')?.strip_prefix(class)?;
            // A range cannot begin with a class.
            (inside && !after.starts_with('-')).then_some((*ranges, after))
        });
        if let Some((ranges, after)) = known {
            out.push_str(ranges);
            rest = after;
            continue;
        }
        inside = match next {
            '[' => true,
            ']' => false,
            _ => inside,
        };
        let escaped = rest.chars().nth(1).filter(|_| next == '\\');
        let length = next.len_utf8() + escaped.map_or(0, char::len_utf8);
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Simple, simple};

    fn expression(text: &str) -> String {
        simple(text).expression
    }

    #[test]
    fn classes_of_unicode_are_ranges_of_ascii_inside_of_sets() {
        assert_eq!(expression(r"^([\p{L}\p{Z}\p{N}_.\-]*)$"), r"^([a-zA-Z 0-9_.\-]*)$");
        assert_eq!(expression(r"^\p{L}[\p{P}\p{N}-x]$"), r"^\p{L}[\p{P}\p{N}-x]$");
        assert_eq!(expression(r"\[\p{L}]\\"), r"\[\p{L}]\\");
    }

    #[test]
    fn what_a_text_must_not_begin_with_is_told_apart() {
        let expected = |expression: &str, never| Simple {
            expression: expression.to_owned(),
            never,
        };
        assert_eq!(simple("^(?!aws:)[a-z]+$"), expected("^[a-z]+$", Some("aws:")));
        assert_eq!(simple("^(?!a.)b$"), expected("^(?!a.)b$", None));
        assert_eq!(simple("^(?!a)b|c$"), expected("^(?!a)b|c$", None));
    }
}
