//! Names that rules had once: whoever allowed one still does.

/// Each old name, and the rule that tells of it now.
const RENAMED: &[(&str, &str)] = &[("missing-part", "missing-property")];

/// What a rule of an old name is called now; any other name is its own.
#[must_use]
pub fn current(name: &str) -> &str {
    let found = RENAMED.iter().find(|(old, _)| *old == name);
    found.map_or(name, |(_, now)| now)
}

/// The names that a rule had.
pub(super) fn former(rule: &str) -> impl Iterator<Item = &'static str> {
    let of_rule = RENAMED.iter().filter(move |(_, now)| *now == rule);
    of_rule.map(|(old, _)| *old)
}
