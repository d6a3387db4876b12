//! Names that rules had once: whoever allowed one still does.

/// Each old name, and the rule that tells of it now.
const RENAMED: &[(&str, &str)] = &[("missing-part", "missing-property")];

/// Each rule of which another tells a part now.
const MOVED: &[(&str, &str)] = &[("refused-setting", "refused-word")];

/// What a rule of an old name is called now; any other name is its own.
#[must_use]
pub fn current(name: &str) -> &str {
    let found = RENAMED.iter().find(|(old, _)| *old == name);
    found.map_or(name, |(_, now)| now)
}

/// The names by which a resource may have allowed what a rule tells now.
pub(super) fn former(rule: &str) -> impl Iterator<Item = &'static str> {
    let of_rule = RENAMED.iter().chain(MOVED).filter(move |(_, now)| *now == rule);
    of_rule.map(|(old, _)| *old)
}
