//! How a replacement spreads: through references, parameters, conditions, outputs, exports and nested stacks.

mod mapping;
mod pair;
mod places;
mod taint;

use serde_json::{Map, Value as Json};

pub(super) use pair::{Changes, Found, Pair};
pub(super) use taint::Symbol;

use super::canon::same;
use super::differ::{Difference, Step};
use super::facts;
use super::secret;
use super::show::brief;
use super::stack::Item;
use super::unique;
use super::verdict::{Effect, Reason, Source};
use places::{direct, functions, nested};
use taint::{Taint, Taints, maybe, surely};

/// A chain of references longer than this is not followed.
const MOST_ROUNDS: usize = 64;

pub(super) struct Spread<'a> {
    pairs: &'a [Pair<'a>],
    taints: Taints<'a>,
}

impl<'a> Spread<'a> {
    /// Follows every change to where it ends.
    pub(super) fn new(pairs: &'a [Pair<'a>]) -> (Self, Changes) {
        let mut spread = Self {
            pairs,
            taints: Taints::new(nested(pairs)),
        };
        let direct = direct(pairs);
        spread.seed();
        let mut changes = direct.clone();
        for _ in 0..MOST_ROUNDS {
            let before = spread.taints.weight();
            for pair in pairs {
                spread.stack(pair, &direct, &mut changes);
            }
            if spread.taints.weight() == before {
                break;
            }
        }
        (spread, changes)
    }

    /// Whether a symbol changes, and whether surely.
    pub(super) fn changes(&self, symbol: &Symbol) -> Option<bool> {
        self.taints.changes(symbol)
    }

    /// Whether a value depends on anything that changes.
    pub(super) fn touches(&self, pair: &Pair<'_>, value: &Json) -> bool {
        self.taints.worst(pair, value).is_some()
    }

    fn seed(&mut self) {
        for pair in self.pairs {
            let file = &pair.new.file;
            for (name, parameter) in &pair.new.parameters {
                let before = pair.old.parameters.get(name);
                if let Some(before) = before.filter(|before| before.get("Default") != parameter.get("Default")) {
                    let shown = |of: &Json| brief(secret::parameter(of).get("Default").unwrap_or(&Json::Null));
                    let (old, new) = (shown(before), shown(parameter));
                    let text = format!(
                        "the default of parameter `{name}` changes from `{old}` to `{new}`; a stack may keep its value"
                    );
                    let symbol = Symbol::Parameter(file.clone(), name.clone());
                    self.taints.learn(symbol, maybe(Source::Parameter, text));
                }
            }
            for name in changed(&pair.old.conditions, &pair.new.conditions) {
                let symbol = Symbol::Condition(file.clone(), name.clone());
                self.taints
                    .learn(symbol, maybe(Source::Condition, format!("condition `{name}` changes")));
            }
            for name in changed(&pair.old.mappings, &pair.new.mappings) {
                let symbol = Symbol::Mapping(file.clone(), name.clone());
                self.taints
                    .learn(symbol, maybe(Source::Condition, format!("mapping `{name}` changes")));
            }
        }
    }

    /// One round over a template.
    fn stack(&mut self, pair: &Pair<'a>, direct: &Changes, changes: &mut Changes) {
        let file = &pair.new.file;
        for (name, condition) in &pair.new.conditions {
            if let Some(taint) = self.taints.worst(pair, condition) {
                let taint = Taint { sure: false, ..taint };
                self.taints.learn(Symbol::Condition(file.clone(), name.clone()), taint);
            }
        }
        for (id, new) in &pair.new.items {
            let Some(old) = pair.old.items.get(id) else { continue };
            let key = (file.clone(), id.clone());
            let mut found = direct.get(&key).cloned().unwrap_or_default();
            self.derive(pair, old, new, &mut found);
            self.conclude(pair, old, new, &found);
            if !found.is_empty() {
                changes.insert(key, found);
            }
        }
        for (name, output) in &pair.new.outputs {
            if let Some(taint) = self.output(pair, name, output) {
                self.taints
                    .learn(Symbol::Output(file.clone(), name.clone()), taint.clone());
                if let Some((export, _)) = pair.new.exports().find(|(_, output)| output == name) {
                    let reason = Reason::new(Source::Import, taint.reason.text.clone());
                    self.taints.learn(Symbol::Export(export), Taint { reason, ..taint });
                }
            }
        }
    }

    /// How the value of an output changes.
    fn output(&self, pair: &Pair<'a>, name: &str, output: &Json) -> Option<Taint> {
        let before = pair.old.outputs.get(name)?;
        let value = output.get("Value")?;
        let text = format!("output `{name}` of {} changes", pair.new.file);
        if before.get("Value") != Some(value) {
            return Some(surely(Source::Reference, text));
        }
        let taint = self.taints.worst(pair, value)?;
        let reason = Reason::new(Source::Reference, format!("{text}: {}", taint.reason.text));
        Some(Taint { reason, ..taint })
    }

    /// Learns what the changes of a resource mean for those that refer to it.
    fn conclude(&mut self, pair: &Pair<'a>, old: &Item, new: &Item, found: &[Found]) {
        let file = pair.new.file.as_str();
        let worst = found.iter().map(|found| found.effect).max();
        let replaced = if old.kind == new.kind {
            worst
        } else {
            Some(Effect::Replace)
        };
        let symbol = Symbol::Replaced(file.to_owned(), new.id.clone());
        match replaced {
            Some(Effect::Replace) => {
                let text = format!("`{}` is replaced", new.id);
                self.taints.learn(symbol, surely(Source::Reference, text));
            }
            // What has a name of its own is updated in place, or the update is refused: nothing takes its place.
            Some(Effect::MayReplace) if !unique::keeps_name(old, new) => {
                let text = format!("`{}` may be replaced", new.id);
                self.taints.learn(symbol, maybe(Source::Reference, text));
            }
            _ => {}
        }
        let Some(child) = self.taints.child(file, &new.id) else {
            return;
        };
        for found in found {
            if let [Step::Key(parameters), Step::Key(name), ..] = found.difference.path.as_slice()
                && parameters == "Parameters"
            {
                let text = format!("{file} passes another value for parameter `{name}`");
                let taint = Taint {
                    sure: found.sure,
                    reason: Reason::new(Source::Parameter, text),
                };
                self.taints
                    .learn(Symbol::Parameter(child.to_owned(), name.clone()), taint);
            }
        }
    }

    /// Adds the values that stay as written but depend on something that changes.
    fn derive(&self, pair: &Pair<'a>, old: &Item, new: &Item, found: &mut Vec<Found>) {
        if old.kind != new.kind || self.taints.is_empty() {
            return;
        }
        let mut places = Vec::new();
        for (name, value) in &new.properties {
            let mut path = vec![Step::Key(name.clone())];
            functions(&mut path, value, old.properties.get(name), &mut places);
        }
        for (path, value) in places {
            let taints = self.taints.taints(pair, value);
            if taints.is_empty() {
                continue;
            }
            let probe = Difference {
                path: path.clone(),
                old: Some(value.clone()),
                new: None,
                reordered: false,
            };
            let (mut effect, mut reasons) = facts::settle(new, &probe.path, facts::of(&new.kind, &probe));
            let sure = taints.iter().any(|taint| taint.sure);
            if effect == Effect::Replace && !sure {
                effect = Effect::MayReplace;
            }
            reasons.extend(taints.into_iter().map(|taint| taint.reason));
            reasons.dedup();
            let new = Some(value.clone());
            let difference = Difference { new, ..probe };
            found.push(Found {
                difference,
                effect,
                reasons,
                sure,
            });
        }
    }
}

/// The names of what both sides have and that differs.
fn changed<'m>(old: &'m Map<String, Json>, new: &'m Map<String, Json>) -> impl Iterator<Item = &'m String> {
    let both = new
        .iter()
        .filter_map(|(name, after)| Some((name, old.get(name)?, after)));
    both.filter(|(_, before, after)| !same(before, after))
        .map(|(name, ..)| name)
}
