//! The size of a policy as IAM counts it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Condition, Grant};

/// The characters of a managed policy, white space not counted
/// (IAM user guide, "IAM and AWS STS quotas").
pub const LIMIT: usize = 6144;

/// What stands around the statements: `{"Version":"2012-10-17","Statement":[]}`.
pub(super) const FRAME: usize = 41;

/// The longest that AWS has today: a region such as `ap-southeast-1`, the partition `aws-us-gov`, 12 digits.
const LONGEST: [(&str, &str); 3] = [
    ("${AWS::Partition}", "aws-us-gov"),
    ("${AWS::Region}", "ap-southeast-1"),
    ("${AWS::AccountId}", "123456789012"),
];

/// The characters of a statement and the comma after it, at their most.
pub(super) fn of(sid: &str, grant: &Grant) -> usize {
    let frame = r#"{"Sid":,"Effect":"Allow","Action":,"Resource":,"Condition":},"#.len();
    let texts = list(&grant.actions) + list(&grant.resources);
    frame + text(sid) + texts + conditions(grant.conditions.iter())
}

/// An object of operators, each with an object of keys, each with a list of values.
fn conditions<'a>(all: impl Iterator<Item = &'a Condition>) -> usize {
    let mut operators: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for condition in all {
        let keys = operators.entry(condition.operator.name()).or_default();
        keys.insert(&condition.key, list(&condition.values));
    }
    let keys = |keys: &BTreeMap<&str, usize>| object(keys.iter().map(|(key, values)| text(key) + values));
    object(operators.iter().map(|(operator, inner)| text(operator) + keys(inner)))
}

/// Braces, commas, and a colon in each entry.
fn object(entries: impl ExactSizeIterator<Item = usize>) -> usize {
    2 + entries.len() + separators(entries.len()) + entries.sum::<usize>()
}

fn list(texts: &BTreeSet<String>) -> usize {
    2 + separators(texts.len()) + texts.iter().map(|one| text(one)).sum::<usize>()
}

fn separators(count: usize) -> usize {
    count.saturating_sub(1)
}

/// A text in quotes, without its white space and with the longest that its pseudo parameters can be.
fn text(text: &str) -> usize {
    let characters: usize = text.chars().map(character).sum();
    let variables = text.split('$').skip(1);
    variables.fold(2 + characters, |size, after| {
        match LONGEST.iter().find(|(name, _)| after.starts_with(&name[1..])) {
            Some((name, value)) => size + value.len() - name.len(),
            None => size,
        }
    })
}

/// How many characters JSON writes for one.
fn character(letter: char) -> usize {
    match letter {
        '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
        letter if letter < ' ' => 6,
        letter if letter.is_whitespace() => 0,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::of;
    use crate::permissions::{Condition, Grant};
    use crate::template::Operator;

    #[test]
    fn a_statement_is_as_large_as_its_text_without_white_space_at_its_longest() {
        let condition = |key: &str, values: &[&str]| Condition::new(Operator::StringEquals, key, values.to_vec());
        let grant = Grant::new(
            ["s3:Get", "s3:List"],
            ["arn:${AWS::Partition}:s3:${AWS::Region}:${AWS::AccountId}:${x}\"ä b"],
        );
        let grant = grant
            .only_if(condition("aws:a", &["1", "2"]))
            .only_if(condition("aws:b", &["3"]));
        let text = json!({
            "Sid": "Name", "Effect": "Allow", "Action": ["s3:Get", "s3:List"],
            "Resource": ["arn:aws-us-gov:s3:ap-southeast-1:123456789012:${x}\"äb"],
            "Condition": { "StringEquals": { "aws:a": ["1", "2"], "aws:b": ["3"] } },
        });
        assert_eq!(of("Name", &grant), text.to_string().chars().count() + 1);
        let plain = json!({
            "Sid": "Name", "Effect": "Allow", "Action": ["a:B"], "Resource": ["*"], "Condition": {},
        });
        assert_eq!(of("Name", &Grant::new(["a:B"], ["*"])), plain.to_string().len() + 1);
    }
}
