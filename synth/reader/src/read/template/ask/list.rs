//! What lists, mappings and other templates hold.

use super::{Ask, FAR, function, parameter};
use crate::read::Node;
use crate::read::template::mapping;
use crate::read::template::shape::{Hole, Shape};
use crate::read::template::sure::{Known, Sure, Text};

/// Lists with more items are not looked into: each use of one would cost as much as all of it.
const MOST: usize = 1000;

impl<'a> Ask<'_, 'a> {
    /// The items of a list that is known.
    #[must_use]
    pub fn list(&self, node: &'a Node) -> Option<Known<Vec<Shape<'a>>>> {
        if let Some(items) = node.list() {
            return self.written(items);
        }
        let entry = function::of(node)?;
        match entry.key.as_str() {
            "Ref" => match self.scenario {
                // Of a list nothing else is known, and the strict leave defaults aside.
                Some(scenario) if scenario.is_strict() => None,
                _ => parameter::items(self.template, entry.value.text()?),
            },
            "Fn::Split" => {
                let [separator, text] = entry.value.list()? else {
                    return None;
                };
                let separator = separator.text().filter(|text| !text.is_empty())?;
                let items = self.shape(text)?.map(|shape| shape.split(separator, MOST + 1));
                (items.value.len() <= MOST).then_some(items)
            }
            "Fn::FindInMap" => {
                let found = self.found(&entry.value)?;
                Some(self.written(found.value.list()?)?.resting_on(found.sure))
            }
            "Fn::If" => {
                let (condition, yes, no) = function::choice(node)?;
                self.list(if self.decided(condition)? { yes } else { no })
            }
            _ => None,
        }
    }

    /// A list that is written out; one of which a choice may take an item away is not known.
    pub(super) fn written(&self, items: &'a [Node]) -> Option<Known<Vec<Shape<'a>>>> {
        if items.len() > MOST {
            return None;
        }
        let mut all = Known::written(Vec::with_capacity(items.len()));
        for item in items.iter().filter(|item| !function::is_absent(item)) {
            let mut shape = Shape::default();
            match self.add(item, &mut shape) {
                Some(sure) => all = all.resting_on(sure),
                None if function::choice(item).is_some() => return None,
                None => shape.hole(Hole::Function),
            }
            all.value.push(shape);
        }
        Some(all)
    }

    /// An item of a list: what stands before it may be more than one.
    pub(super) fn select(&self, argument: &'a Node, shape: &mut Shape<'a>) -> Option<Sure> {
        let [index, items] = argument.list()? else { return None };
        let index = self.text(index)?;
        let at: usize = index.trim().parse().ok()?;
        if let Some(items) = items.list() {
            let sure = |item: &Node| !function::is_absent(item) && function::choice(item).is_none();
            let item = items.get(at).filter(|_| items[..at].iter().all(sure))?;
            return Some(self.add(item, shape)?.max(index.sure));
        }
        let items = self.list(items)?;
        let cut = items.value.get(..=at)?;
        if cut.iter().any(Shape::is_open) {
            return None;
        }
        let sure = items.sure.max(index.sure);
        shape.append(items.value.into_iter().nth(at)?);
        Some(sure)
    }

    /// What a mapping has at keys that are known, or what is to be taken where it has nothing.
    pub(in crate::read::template) fn found(&self, argument: &'a Node) -> Option<Known<&'a Node>> {
        let (map, top, second, default) = match argument.list()? {
            [map, top, second] => (map, top, second, None),
            // Language extensions: what to take when the map has no such key.
            [map, top, second, default] => (map, top, second, default.get("DefaultValue")),
            _ => return None,
        };
        let (map, top, second) = (self.text(map)?, self.text(top)?, self.text(second)?);
        let mappings = self.template.document.root.get("Mappings");
        let value = mappings.and_then(|mappings| mapping::entry(mappings, &map, &top, &second));
        let value = value.or(default)?;
        Some(Known::written(value).resting_on(map.sure.max(top.sure).max(second.sure)))
    }

    /// What a mapping has at each of its keys, where only the second is known.
    pub(super) fn entries(&self, argument: &'a Node) -> Vec<Text<'a>> {
        let Some([map, _, second]) = argument.list() else {
            return Vec::new();
        };
        let Some((map, second)) = self.text(map).zip(self.text(second)) else {
            return Vec::new();
        };
        let Some(mappings) = self.template.document.root.get("Mappings") else {
            return Vec::new();
        };
        let values = mapping::entries(mappings, &map, &second);
        values
            .filter_map(|value| self.text(value))
            .map(|value| value.resting_on(Sure::OneOf).resting_on(second.sure))
            .collect()
    }

    /// What another template of the set exports.
    pub(super) fn import(&self, node: &'a Node, shape: &mut Shape<'a>) -> Option<Sure> {
        let (exporter, value) = self.set.filter(|_| self.far < FAR)?.import(self.template, node)?;
        let there = Self {
            template: exporter,
            scenario: None,
            far: self.far + 1,
            ..*self
        };
        // What only that template can name is not known here.
        let found = there.shape(value).filter(|found| !found.is_open())?;
        shape.append(found.value);
        Some(found.sure.max(Sure::OneOf))
    }
}
