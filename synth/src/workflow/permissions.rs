//! What a job's `GITHUB_TOKEN` may do: computed from its steps, so that it is enough and no more.

use std::collections::BTreeMap;

use super::step::Step;
use crate::schema::github::{Level, Scope};

/// The permissions of one job: one level a scope, and the steps that need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permissions(BTreeMap<Scope, Need>);

/// A level and the steps that need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The highest that a step needs.
    pub level: Level,
    /// The names of the steps, in order.
    pub steps: Vec<String>,
}

impl Permissions {
    /// The scopes in order.
    pub fn iter(&self) -> impl Iterator<Item = (Scope, &Need)> + '_ {
        self.0.iter().map(|(scope, need)| (*scope, need))
    }

    pub(super) fn of<'a>(steps: impl IntoIterator<Item = &'a Step>) -> Self {
        let mut all = BTreeMap::new();
        for step in steps {
            for (scope, level) in step.needs() {
                let need = all.entry(*scope).or_insert_with(|| Need {
                    level: *level,
                    steps: Vec::new(),
                });
                need.level = need.level.max(*level);
                need.steps.push(step.name.clone());
            }
        }
        Self(all)
    }
}
