//! In which order stacks can be deployed where the plain one is refused.
//!
//! `CloudFormation` refuses to delete an export, or to change its value, while another stack imports it. Deployed one
//! after the other, exporters first, stacks meet that whenever an importer lets go of an export in the same change.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::imports::{self, Imports, users};
use super::spread::{Spread, Symbol};
use super::stack::Stack;

/// A step of an order that `CloudFormation` takes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Step {
    /// The template that is deployed once more, with the present values of exports in the place of their imports.
    Pin {
        /// The template.
        file: String,
        /// The exports.
        exports: Vec<String>,
    },
    /// The new template with what is exported and still imported, and all resources that it no longer has.
    Keep {
        /// The template.
        file: String,
        /// The exports.
        exports: Vec<String>,
    },
    /// The new template.
    Deploy {
        /// The template.
        file: String,
    },
    /// The stack of a template that is gone is deleted.
    Delete {
        /// The template.
        file: String,
    },
}

/// What is deployed while the steps are taken.
#[derive(Clone)]
struct State<'a> {
    /// What each stack exports.
    exported: Exports<'a>,
    /// What each stack imports.
    imported: Imports<'a>,
    /// The stacks of which the new template is there.
    arrived: BTreeSet<&'a str>,
}

type Exports<'a> = BTreeMap<&'a str, BTreeSet<String>>;

/// Stacks that are linked by imports, and what each side says of them.
struct Links<'a> {
    old: &'a BTreeMap<&'a str, &'a Stack>,
    new: &'a BTreeMap<&'a str, &'a Stack>,
    /// What is deployed before.
    before: State<'a>,
    /// What the new templates say.
    after: State<'a>,
    /// The exports that stay, with another value.
    changed: BTreeSet<String>,
}

/// The steps for those stacks of which a deployment in plain order is refused, in order; none where all are taken, or
/// where no order would be.
pub(super) fn steps<'a>(
    old: &'a BTreeMap<&'a str, &'a Stack>,
    new: &'a BTreeMap<&'a str, &'a Stack>,
    spread: &Spread<'_>,
) -> Vec<Step> {
    let state = |stacks: &'a BTreeMap<&'a str, &'a Stack>| State {
        exported: exports(stacks),
        imported: imports::of(stacks),
        arrived: BTreeSet::new(),
    };
    let (before, after) = (state(old), state(new));
    let names = before.exported.values().flatten();
    let changed = names.filter(|name| spread.changes(&Symbol::Export((*name).clone())).is_some());
    let links = Links {
        changed: changed.cloned().collect(),
        old,
        new,
        before,
        after,
    };
    let refused = links.refused();
    if refused.is_empty() {
        return Vec::new();
    }
    let groups = links.groups().into_iter();
    let groups = groups.filter(|group| group.iter().any(|file| refused.contains(file)));
    groups.filter_map(|group| links.walk(group)).flatten().collect()
}

fn exports<'a>(stacks: &BTreeMap<&'a str, &'a Stack>) -> Exports<'a> {
    let all = stacks.values();
    all.map(|stack| (stack.file.as_str(), stack.exports().map(|(name, _)| name).collect()))
        .collect()
}

impl<'a> Links<'a> {
    /// The stacks that could not be deployed before all others.
    fn refused(&self) -> BTreeSet<&'a str> {
        let files = self.after.exported.keys().copied();
        files
            .filter(|file| !self.in_use(file, &self.before).is_empty())
            .collect()
    }

    /// The exports that the new template of a stack takes away or changes, and that another one imports.
    fn in_use(&self, file: &str, state: &State<'a>) -> Vec<String> {
        let stay = self.after.exported.get(file);
        let stays = |name: &String| stay.is_some_and(|stay| stay.contains(name)) && !self.changed.contains(name);
        let own = state.exported.get(file).into_iter().flatten();
        let lost = own.filter(|name| !stays(name));
        let used = |name: &&String| users(name, &state.imported).iter().any(|user| *user != file);
        lost.filter(used).cloned().collect()
    }

    /// Whether all is there that the new template of a stack imports, as far as any template exports it. A value that
    /// changes is there with the new template.
    fn has_all(&self, file: &str, state: &State<'a>) -> bool {
        let is_there = |name: &String| {
            let mut by = state.exported.iter().filter(|(_, names)| names.contains(name));
            by.any(|(exporter, _)| {
                !self.changed.contains(name) || exporter == &file || state.arrived.contains(exporter)
            })
        };
        let somewhere = |name: &String| self.after.exported.values().any(|names| names.contains(name));
        let mut wanted = self.after.imported.get(file).into_iter().flatten();
        wanted.all(|name| is_there(name) || !somewhere(name))
    }

    /// Files that imports of either side lead between, each group in the order of a plain deployment, with what is gone
    /// at its end.
    fn groups(&self) -> Vec<Vec<&'a str>> {
        let mut from: BTreeMap<&str, &'a str> = BTreeMap::new();
        for (file, names) in self.before.exported.iter().chain(&self.after.exported) {
            from.extend(names.iter().map(|name| (name.as_str(), *file)));
        }
        let files: BTreeSet<&'a str> = self
            .before
            .imported
            .keys()
            .chain(self.after.imported.keys())
            .copied()
            .collect();
        let mut group: BTreeMap<&str, &str> = files.iter().map(|file| (*file, *file)).collect();
        for (file, names) in self.before.imported.iter().chain(&self.after.imported) {
            for exporter in names.iter().filter_map(|name| from.get(name.as_str())) {
                let (kept, merged) = (group[file], group[exporter]);
                if kept != merged {
                    let all = group.values_mut();
                    all.filter(|head| **head == merged).for_each(|head| *head = kept);
                }
            }
        }
        let heads: BTreeSet<&str> = group.values().copied().collect();
        let members = |head: &str| files.iter().copied().filter(|file| group[file] == head).collect();
        heads.into_iter().map(|head| self.plain(members(head), &from)).collect()
    }

    /// Each file after those that its new template imports from.
    fn plain(&self, mut files: Vec<&'a str>, from: &BTreeMap<&str, &'a str>) -> Vec<&'a str> {
        files.sort_by_key(|file| !self.new.contains_key(file));
        let mut out: Vec<&str> = Vec::with_capacity(files.len());
        while !files.is_empty() {
            let waits = |file: &str| {
                let names = self.after.imported.get(file).into_iter().flatten();
                let mut needs = names.filter_map(|name| from.get(name.as_str()));
                needs.any(|need| *need != file && files.contains(need))
            };
            // In a circle all wait: it is another rule's to tell.
            let next = files.iter().position(|file| !waits(file)).unwrap_or_default();
            out.push(files.remove(next));
        }
        out
    }

    /// The steps for one group; none if there is no order.
    fn walk(&self, mut todo: Vec<&'a str>) -> Option<Vec<Step>> {
        let mut state = self.before.clone();
        state.exported.retain(|file, _| todo.contains(file));
        state.imported.retain(|file, _| todo.contains(file));
        let mut steps = self.pins(&todo, &mut state);
        let mut kept: BTreeSet<&str> = BTreeSet::new();
        while !todo.is_empty() {
            let free = |file: &str| self.has_all(file, &state) && self.in_use(file, &state).is_empty();
            if let Some(next) = todo.iter().position(|file| free(file)) {
                let file = todo.remove(next);
                steps.extend(self.step(file, kept.contains(file)));
                state.exported.remove(file);
                self.arrive(file, &mut state);
                continue;
            }
            // Each waits for another: the first that waits only until nobody imports from it keeps that for a while.
            let waits = |file: &&str| {
                let stays = !self.in_use(file, &state).iter().any(|name| self.changed.contains(name));
                self.new.contains_key(file) && !kept.contains(file) && self.has_all(file, &state) && stays
            };
            let file = todo.iter().copied().find(waits)?;
            steps.push(Step::Keep {
                file: file.to_owned(),
                exports: self.in_use(file, &state),
            });
            kept.insert(file);
            self.arrive(file, &mut state);
        }
        Some(steps)
    }

    /// Lets go of values that change, in what goes on to import them, and with these of what goes.
    fn pins(&self, files: &[&'a str], state: &mut State<'a>) -> Vec<Step> {
        let mut steps = Vec::new();
        for file in files.iter().filter(|file| self.new.contains_key(*file)) {
            let own = state.exported.get(file);
            let Some(imported) = state.imported.get_mut(file) else {
                continue;
            };
            let other = |name: &&String| own.is_none_or(|own| !own.contains(*name));
            if !imported.iter().filter(other).any(|name| self.changed.contains(name)) {
                continue;
            }
            let stays = |name: &String| self.after.exported.values().any(|names| names.contains(name));
            let go = |name: &&String| self.changed.contains(*name) || !stays(name);
            let exports: Vec<String> = imported.iter().filter(other).filter(go).cloned().collect();
            imported.retain(|name| !exports.contains(name));
            steps.push(Step::Pin {
                file: (*file).to_owned(),
                exports,
            });
        }
        steps
    }

    /// What is done with a stack when nothing is in the way any more; nothing with one that stays as it is.
    fn step(&self, file: &str, kept: bool) -> Option<Step> {
        let file = file.to_owned();
        match (self.old.get(file.as_str()), self.new.get(file.as_str())) {
            (Some(old), Some(new)) if old.says_the_same(new) && !kept => None,
            (_, Some(_)) => Some(Step::Deploy { file }),
            (_, None) => Some(Step::Delete { file }),
        }
    }

    /// What the new template of a stack says is there, beside what is kept.
    fn arrive(&self, file: &'a str, state: &mut State<'a>) {
        let exports = self.after.exported.get(file).into_iter().flatten().cloned();
        state.exported.entry(file).or_default().extend(exports);
        let imports = self.after.imported.get(file).cloned();
        state.imported.insert(file, imports.unwrap_or_default());
        state.arrived.insert(file);
    }
}

impl Step {
    /// What a person does, with names of files and exports in backticks.
    #[must_use]
    pub fn words(&self) -> String {
        let list = |exports: &[String]| {
            let names: Vec<String> = exports.iter().map(|name| format!("`{name}`")).collect();
            names.join(", ")
        };
        match self {
            Self::Pin { file, exports } => format!(
                "update the stack of `{file}` with the template that it has, but with the present value of {} in the place \
                 of each import: nothing that runs changes",
                list(exports)
            ),
            Self::Keep { file, exports } => format!(
                "deploy `{file}`, to which {} and all resources that it no longer has are added from the deployed template",
                list(exports)
            ),
            Self::Deploy { file } => format!("deploy `{file}`"),
            Self::Delete { file } => format!("delete the stack of `{file}`"),
        }
    }

    pub(super) fn file(&self) -> &str {
        let (Self::Pin { file, .. } | Self::Keep { file, .. } | Self::Deploy { file } | Self::Delete { file }) = self;
        file
    }
}
