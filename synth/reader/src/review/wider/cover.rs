//! Whether one set of names covers another.

/// Whether a pattern matches a text.
pub(super) type Match = fn(&str, &str) -> bool;

/// Whether a pattern with `*` and `?` matches a text; wildcards in the text are covered by those of the pattern.
pub(super) fn glob(pattern: &str, text: &str) -> bool {
    if pattern.contains(['*', '?']) {
        wild(pattern, text)
    } else {
        pattern == text
    }
}

/// The same where upper and lower case are one.
pub(super) fn glob_of_any_case(pattern: &str, text: &str) -> bool {
    if pattern.contains(['*', '?']) {
        wild(&pattern.to_ascii_lowercase(), &text.to_ascii_lowercase())
    } else {
        pattern.eq_ignore_ascii_case(text)
    }
}

fn wild(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                retry = Some((p + 1, t));
                p += 1;
            }
            Some('?') if text[t] != '*' => (p, t) = (p + 1, t + 1),
            Some(c) if *c == text[t] => (p, t) = (p + 1, t + 1),
            _ => match retry {
                Some((after, from)) => {
                    retry = Some((after, from + 1));
                    (p, t) = (after, from + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

/// Some names, or all but some.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Axis {
    pub(super) not: bool,
    pub(super) values: Vec<String>,
}

impl Axis {
    /// Whether this covers one name.
    pub(super) fn covers_one(&self, name: &str) -> bool {
        self.covers_one_by(name, glob)
    }

    fn covers_one_by(&self, name: &str, glob: Match) -> bool {
        if self.not {
            let apart = |excluded: &String| !glob(excluded, name) && !glob(name, excluded);
            return self.values.iter().all(apart);
        }
        self.values.iter().any(|pattern| glob(pattern, name))
    }

    /// Whether this covers all of the other.
    pub(super) fn covers(&self, other: &Self) -> bool {
        self.covers_by(other, glob)
    }

    /// The same with another way to match.
    pub(super) fn covers_by(&self, other: &Self, glob: Match) -> bool {
        match (self.not, other.not) {
            (_, false) => {
                // No names at all stand for "this resource".
                (!self.not && self.values.iter().any(|pattern| pattern == "*"))
                    || (self.values.is_empty() && other.values.is_empty())
                    || (!other.values.is_empty() && other.values.iter().all(|name| self.covers_one_by(name, glob)))
            }
            (false, true) => self.values.iter().any(|pattern| pattern == "*"),
            (true, true) => {
                let excluded = |name: &String| other.values.iter().any(|pattern| glob(pattern, name));
                self.values.iter().all(excluded)
            }
        }
    }

    /// The names that this has and the other does not cover.
    pub(super) fn beyond<'a>(&'a self, other: &Self) -> Vec<&'a str> {
        if self.not || other.not {
            return Vec::new();
        }
        let more = self.values.iter().filter(|name| !other.covers_one(name));
        more.map(String::as_str).collect()
    }

    /// The names as they are shown.
    pub(super) fn shown(&self) -> Vec<String> {
        let word = if self.not { "not " } else { "" };
        self.values.iter().map(|name| format!("{word}{name}")).collect()
    }
}
