//! Which settings expose and which protect, and which of their values do so more than others.

mod encryption;
mod exposure;
mod hardening;
mod loss;
mod observation;

use super::What;

/// How the values of a setting compare.
#[derive(Debug, Clone, Copy)]
pub(super) enum Test {
    /// It protects while it is on; if it is not set it is off.
    On,
    /// It protects while it is on, also if it is not set.
    OnByDefault,
    /// It exposes while it is on; if it is not set it is off.
    Exposes,
    /// It exposes while it is on, also if it is not set.
    ExposesByDefault,
    /// Patterns of values from the weakest to the strongest, and the place of a setting that is not set.
    Levels(&'static [&'static [&'static str]], Option<usize>),
    /// A number that protects less when it is lower, and what it is if it is not set.
    Falls(f64),
    /// A number that allows more when it is higher, and what it is if it is not set.
    Rises(f64),
    /// A list of which each item protects.
    Keeps,
    /// A list of which each item opens, and what it is if it is not set.
    Opens(&'static [&'static str]),
}

/// A setting of some types.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    pub(super) what: What,
    /// The types without their `AWS::`; none for all.
    pub(super) kinds: &'static [&'static str],
    /// Keys with `/` between; `[]` for every item of a list, `[Key=name]` for the one of that name.
    pub(super) path: &'static str,
    pub(super) test: Test,
    /// Whether a new resource that has it so is told too.
    pub(super) at_birth: bool,
}

const fn setting(what: What, kinds: &'static [&'static str], path: &'static str, test: Test) -> Setting {
    Setting {
        what,
        kinds,
        path,
        test,
        at_birth: false,
    }
}

impl Setting {
    /// Told of new resources too.
    const fn at_birth(self) -> Self {
        Self { at_birth: true, ..self }
    }

    /// Whether resources of a type have it.
    pub(super) fn is_of(&self, kind: &str) -> bool {
        self.kinds.is_empty()
            || kind
                .strip_prefix("AWS::")
                .is_some_and(|kind| self.kinds.contains(&kind))
    }
}

/// All settings.
pub(super) fn all() -> impl Iterator<Item = &'static Setting> {
    let tables = [
        exposure::SETTINGS,
        encryption::SETTINGS,
        hardening::SETTINGS,
        loss::SETTINGS,
        observation::SETTINGS,
    ];
    tables.into_iter().flatten()
}
