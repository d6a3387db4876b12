//! Works out what the functions of a template come to.

mod list;

use std::borrow::Cow;

use super::function::{self, Part};
use super::parameter;
use super::scenario::Scenario;
use super::shape::{self, Hole, Shape};
use super::sure::{Known, Sure, Text};
use super::{Template, Templates};
use crate::read::{Map, Node};

/// An import that leads further than this leads in a circle.
const FAR: u8 = 8;

/// A template that is asked, and what is known beside it.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'q, 'a> {
    template: &'q Template<'a>,
    set: Option<&'q Templates<'a>>,
    scenario: Option<&'q Scenario<'a>>,
    far: u8,
}

impl<'q, 'a> Ask<'q, 'a> {
    /// Asks one template alone.
    #[must_use]
    pub fn of(template: &'q Template<'a>) -> Self {
        Self {
            template,
            set: None,
            scenario: None,
            far: 0,
        }
    }

    /// Follows imports into the templates of a set.
    #[must_use]
    pub fn across(self, set: &'q Templates<'a>) -> Self {
        Self { set: Some(set), ..self }
    }

    /// Asks for one of the ways in which conditions and parameters can turn out.
    #[must_use]
    pub fn in_scenario(self, scenario: &'q Scenario<'a>) -> Self {
        let scenario = Some(scenario);
        Self { scenario, ..self }
    }

    /// The text that a node is known to be.
    #[must_use]
    pub fn text(&self, node: &'a Node) -> Option<Text<'a>> {
        // Nearly all are written out.
        if let Some(text) = node.to_text() {
            return (!shape::is_open(&text)).then(|| Known::written(text));
        }
        let entry = function::of(node)?;
        match entry.key.as_str() {
            "Ref" => self
                .parameter(entry.value.text()?)
                .filter(|known| !shape::is_open(&known.value)),
            "Fn::GetAtt" => None,
            _ => self.shape(node)?.and_then(Shape::into_whole),
        }
    }

    /// The number that a node is known to be.
    #[must_use]
    pub fn number(&self, node: &'a Node) -> Option<Known<f64>> {
        match node.as_f64() {
            Some(number) => Some(Known::written(number)),
            None => self.text(node)?.and_then(|text| text.trim().parse().ok()),
        }
    }

    /// The boolean that a node is known to be.
    #[must_use]
    pub fn boolean(&self, node: &'a Node) -> Option<Known<bool>> {
        match node.as_bool() {
            Some(value) => Some(Known::written(value)),
            None => self
                .text(node)?
                .and_then(|text| match text.to_ascii_lowercase().as_str() {
                    "true" => Some(true),
                    "false" => Some(false),
                    _ => None,
                }),
        }
    }

    /// What a parameter is known to be.
    fn parameter(&self, name: &str) -> Option<Text<'a>> {
        match self.scenario {
            Some(scenario) => scenario.parameter(self.template, name),
            None => parameter::value(self.template, name),
        }
    }

    /// The text of a node with holes for what is not known; nothing if all of it is one.
    #[must_use]
    pub fn shape(&self, node: &'a Node) -> Option<Known<Shape<'a>>> {
        let mut value = Shape::default();
        let sure = self.add(node, &mut value)?;
        Some(Known { value, sure })
    }

    /// Every text that a node is known to be able to be.
    #[must_use]
    pub fn texts(&self, node: &'a Node) -> Vec<Text<'a>> {
        let Some(entry) = function::of(node) else {
            return self.text(node).into_iter().collect();
        };
        match entry.key.as_str() {
            "Fn::If" => match function::choice(node) {
                Some((condition, yes, no)) => match self.decided(condition) {
                    Some(true) => self.texts(yes),
                    Some(false) => self.texts(no),
                    None => self.texts(yes).into_iter().chain(self.texts(no)).collect(),
                },
                None => Vec::new(),
            },
            "Ref" => self.of_parameter(node, entry.value.text()),
            "Fn::FindInMap" => match self.found(&entry.value) {
                Some(found) => {
                    let text = self.text(found.value);
                    text.map(|text| text.resting_on(found.sure)).into_iter().collect()
                }
                None => self.entries(&entry.value),
            },
            _ => self.text(node).into_iter().collect(),
        }
    }

    fn of_parameter(&self, node: &'a Node, name: Option<&'a str>) -> Vec<Text<'a>> {
        let chosen = name.is_some_and(|name| self.scenario.is_some_and(|scenario| scenario.chooses(name)));
        let allowed = match name.filter(|_| !chosen) {
            Some(name) => parameter::allowed(self.template, name),
            None => Vec::new(),
        };
        if allowed.len() < 2 {
            return self.text(node).into_iter().collect();
        }
        let one = |value| Known {
            value,
            sure: Sure::OneOf,
        };
        allowed.into_iter().map(one).collect()
    }

    /// What a condition is known to be.
    fn decided(&self, condition: &Node) -> Option<bool> {
        self.scenario?.truth(condition.text()?)
    }

    /// Adds what a node comes to; nothing if it is not known at all.
    fn add(&self, node: &'a Node, shape: &mut Shape<'a>) -> Option<Sure> {
        if shape.is_full() {
            return Some(Sure::Written);
        }
        if let Some(text) = node.text() {
            shape.read(text);
            return Some(Sure::Written);
        }
        if let Some(scalar) = node.to_text() {
            shape.text(scalar);
            return Some(Sure::Written);
        }
        let entry = function::of(node)?;
        match entry.key.as_str() {
            "Ref" => Some(self.name(entry.value.text()?, shape)),
            "Fn::GetAtt" => {
                let (resource, attribute) = function::target(node)?;
                shape.hole(attribute.map_or(Hole::Function, |attribute| Hole::Attribute(resource, attribute)));
                Some(Sure::Written)
            }
            "Fn::Sub" => self.substitute(&entry.value, shape),
            "Fn::Join" => self.join(&entry.value, shape),
            "Fn::If" => self.choose(node, shape),
            "Fn::Select" => self.select(&entry.value, shape),
            "Fn::FindInMap" => {
                let found = self.found(&entry.value)?;
                Some(self.add(found.value, shape)?.max(found.sure))
            }
            "Fn::ImportValue" => self.import(node, shape),
            _ => None,
        }
    }

    /// The same, with a hole for what is not known at all.
    fn fill(&self, node: &'a Node, shape: &mut Shape<'a>) -> Sure {
        self.add(node, shape).unwrap_or_else(|| {
            shape.hole(Hole::Function);
            Sure::Written
        })
    }

    fn name(&self, name: &'a str, shape: &mut Shape<'a>) -> Sure {
        let Some(Known { value, sure }) = self.parameter(name) else {
            shape.hole(Hole::Name(name));
            return Sure::Written;
        };
        match value {
            Cow::Borrowed(text) => shape.read(text),
            Cow::Owned(_) => shape.text(value),
        }
        sure
    }

    fn substitute(&self, argument: &'a Node, shape: &mut Shape<'a>) -> Option<Sure> {
        let (text, variables) = function::sub(argument)?;
        let mut sure = Sure::Written;
        for part in function::parts(text) {
            sure = sure.max(match part {
                Part::Text(text) => {
                    shape.read(text);
                    Sure::Written
                }
                Part::Escaped(name) => {
                    shape.hole(Hole::Variable(name));
                    Sure::Written
                }
                Part::Name(name) => self.variable(name, variables, shape),
            });
        }
        Some(sure)
    }

    fn variable(&self, name: &'a str, variables: Option<&'a Map>, shape: &mut Shape<'a>) -> Sure {
        if let Some(node) = variables.and_then(|variables| variables.get(name)) {
            return self.fill(node, shape);
        }
        match name.split_once('.') {
            Some((resource, attribute)) => {
                shape.hole(Hole::Attribute(resource, attribute));
                Sure::Written
            }
            None => self.name(name, shape),
        }
    }

    fn join(&self, argument: &'a Node, shape: &mut Shape<'a>) -> Option<Sure> {
        let [delimiter, items] = argument.list()? else {
            return None;
        };
        let delimiter = delimiter.text()?;
        let mut all = Sure::Written;
        if let Some(items) = items.list() {
            let present = items.iter().filter(|item| !function::is_absent(item));
            for (at, item) in present.enumerate() {
                shape.text(Cow::Borrowed(if at > 0 { delimiter } else { "" }));
                all = all.max(self.fill(item, shape));
            }
            return Some(all);
        }
        let items = self.list(items)?;
        for (at, item) in items.value.into_iter().enumerate() {
            shape.text(Cow::Borrowed(if at > 0 { delimiter } else { "" }));
            shape.append(item);
        }
        Some(items.sure)
    }

    /// The branch that is taken, or what both are.
    fn choose(&self, node: &'a Node, shape: &mut Shape<'a>) -> Option<Sure> {
        let (condition, yes, no) = function::choice(node)?;
        if let Some(truth) = self.decided(condition) {
            return self.add(if truth { yes } else { no }, shape);
        }
        let (yes, no) = (self.shape(yes)?, self.shape(no)?);
        if yes.value != no.value || yes.is_opaque() {
            return None;
        }
        shape.append(yes.value);
        Some(yes.sure.max(no.sure))
    }
}
