//! The wildcards of IAM.

/// A text in which `*` stands for any characters, also none, and `?` for one.
#[derive(Debug)]
pub(super) struct Pattern(String);

impl Pattern {
    pub(super) fn new(text: &str) -> Self {
        // What a session is tagged with, nothing of the templates has.
        assert!(
            !text.replace("${aws:PrincipalTag/", "").contains("${"),
            "{text}: the evaluator knows no policy variables, and a function must have been resolved"
        );
        Self(text.to_owned())
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }

    /// Whether it covers a text, which has to be in the same case.
    pub(super) fn covers(&self, text: &str) -> bool {
        glob(self.0.as_bytes(), text.as_bytes())
    }

    /// Whether it covers an ARN part by part, as `ArnLike` has it: no `*` reaches over a colon before the sixth part.
    pub(super) fn covers_arn(&self, arn: &str) -> bool {
        let (mut mine, mut other) = (self.0.splitn(6, ':'), arn.splitn(6, ':'));
        loop {
            match (mine.next(), other.next()) {
                (None, None) => return true,
                (Some(pattern), Some(text)) if glob(pattern.as_bytes(), text.as_bytes()) => {}
                _ => return false,
            }
        }
    }
}

fn glob(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut seen) = (0, 0);
    // Where the last `*` stood, and how far it has reached.
    let mut star: Option<(usize, usize)> = None;
    while seen < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, seen));
                at += 1;
            }
            Some(&byte) if byte == b'?' || byte == text[seen] => {
                at += 1;
                seen += 1;
            }
            _ => {
                let Some((stood, reached)) = star else { return false };
                star = Some((stood, reached + 1));
                at = stood + 1;
                seen = reached + 1;
            }
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

#[test]
fn wildcards_stand_for_any_characters_or_for_one() {
    let covers = |pattern: &str, text: &str| Pattern::new(pattern).covers(text);
    assert!(covers("secret:cars-??????", "secret:cars-AbCdEf"));
    assert!(!covers("secret:cars-??????", "secret:cars-AbCdE"));
    assert!(covers("*", ""));
    assert!(covers("a*b*c", "a-b-b-c"));
    assert!(!covers("a*b", "a-b-c"));
    assert!(!covers("Key/*", "key/1"));
    assert!(covers("app/*", "app/one/two:three"));
}

#[test]
fn arns_are_compared_part_by_part() {
    let covers = |pattern: &str, text: &str| Pattern::new(pattern).covers_arn(text);
    assert!(covers("arn:aws:iam::*:role/task-*", "arn:aws:iam::1:role/task-1"));
    assert!(!covers("arn:aws:*:role/task", "arn:aws:iam::1:role/task"));
    assert!(covers("arn:aws:logs:*:*:*", "arn:aws:logs:eu:1:log-group:a:*"));
    assert!(!covers("arn:aws:logs:*:*", "arn:aws:logs:eu:1:log-group"));
}
