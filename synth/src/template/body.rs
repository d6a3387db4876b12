//! A template while it is being written.

use std::collections::BTreeMap;

use super::overrides::Override;
use super::parameter::Rows;
use super::{
    Condition, Error, Function, Handle, LogicalId, Mapping, Move, Node, Parameter, Reference, Resource, Settings,
    StackName, Tagging, Test, ToNode, Value,
};

/// An output of a template.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// What it is, in a sentence.
    pub description: String,
    /// Its value.
    pub value: Value<String>,
    /// It exists only where this holds.
    pub condition: Option<Condition>,
}

#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) kind: &'static str,
    pub(crate) properties: Vec<(&'static str, Node)>,
    pub(crate) settings: Settings,
}

/// A template of one stack.
#[derive(Clone, Debug)]
pub struct Template {
    pub(crate) stack: StackName,
    pub(crate) description: String,
    pub(crate) tags: Vec<(String, String)>,
    pub(crate) parameters: Vec<(String, Parameter)>,
    pub(crate) mappings: Vec<(String, Rows)>,
    pub(crate) conditions: Vec<(String, Test)>,
    pub(crate) resources: Vec<(LogicalId, Entry)>,
    pub(crate) outputs: Vec<(String, Output)>,
    pub(crate) overrides: Vec<Override>,
    pub(crate) known: BTreeMap<LogicalId, usize>,
    pub(crate) follows: Vec<StackName>,
    pub(crate) moves: Vec<Move>,
}

impl Template {
    /// An empty template. The tags are put on every resource that can be tagged.
    #[must_use]
    pub fn new(stack: StackName, description: &str, tags: Vec<(String, String)>) -> Self {
        Self {
            stack,
            description: description.to_owned(),
            tags,
            parameters: Vec::new(),
            mappings: Vec::new(),
            conditions: Vec::new(),
            resources: Vec::new(),
            outputs: Vec::new(),
            overrides: Vec::new(),
            known: BTreeMap::new(),
            follows: Vec::new(),
            moves: Vec::new(),
        }
    }

    /// The name of the stack that this template is for.
    #[must_use]
    pub fn stack(&self) -> &StackName {
        &self.stack
    }

    /// Puts the stack after another one that it knows by names alone, so that nothing is imported which would say so.
    pub fn follow(&mut self, stack: &StackName) {
        self.follows.push(stack.clone());
    }

    /// Adds a resource and gives the only thing that can refer to it.
    ///
    /// # Errors
    ///
    /// [`Error::Duplicate`] if the id is taken.
    pub fn add<R: Resource>(&mut self, id: LogicalId, resource: &R) -> Result<Handle<R>, Error> {
        self.add_with(id, resource, Settings::default())
    }

    /// Adds a resource with what surrounds its properties.
    ///
    /// # Errors
    ///
    /// [`Error::Duplicate`] if the id is taken.
    pub fn add_with<R: Resource>(
        &mut self,
        id: LogicalId,
        resource: &R,
        settings: Settings,
    ) -> Result<Handle<R>, Error> {
        if self.known.insert(id.clone(), self.resources.len()).is_some() {
            return Err(Error::Duplicate {
                stack: self.stack.to_string(),
                id: id.to_string(),
            });
        }
        self.push(&id, (R::TYPE, R::TAGGING), resource.properties(), settings);
        Ok(Handle::new(self.stack.clone(), id))
    }

    /// Writes a resource whose id is known already.
    pub(crate) fn push(
        &mut self,
        id: &LogicalId,
        (kind, tagging): (&'static str, Tagging),
        mut properties: Vec<(&'static str, Node)>,
        settings: Settings,
    ) {
        self.tag(id, kind, &mut properties, tagging);
        let entry = Entry {
            kind,
            properties,
            settings,
        };
        self.resources.push((id.clone(), entry));
    }

    /// Adds the template's tags to those that the resource has; the resource's own come first and win.
    fn tag(&self, id: &LogicalId, kind: &str, properties: &mut Vec<(&'static str, Node)>, tagging: Tagging) {
        let (Tagging::List(property) | Tagging::Map(property)) = tagging else {
            return;
        };
        let own = properties.iter().position(|(name, _)| *name == property);
        let own = own.map(|index| properties.remove(index).1);
        // Tags that a function computes at deploy time cannot be joined with others.
        if let Some(Node::Function(_)) = own {
            properties.extend(own.map(|own| (property, own)));
            return;
        }
        let tags = match (tagging, own) {
            (Tagging::List(_), own) => {
                let mut list = if let Some(Node::List(list)) = own {
                    list
                } else {
                    Vec::new()
                };
                // What EC2 makes has no name but this tag: it is what the console lists.
                let named = || (String::from("Name"), format!("{}-{id}", self.stack));
                let name = kind.starts_with("AWS::EC2::").then(named);
                for (key, value) in name.iter().chain(&self.tags) {
                    if !list.iter().any(|tag| has_key(tag, key)) {
                        list.push(Node::map([("Key", key.to_node()), ("Value", value.to_node())]));
                    }
                }
                Node::List(list)
            }
            (_, own) => {
                let mut map = if let Some(Node::Map(map)) = own {
                    map
                } else {
                    Vec::new()
                };
                for (key, value) in &self.tags {
                    if !map.iter().any(|(known, _)| known == key) {
                        map.push((key.clone(), value.to_node()));
                    }
                }
                Node::Map(map)
            }
        };
        properties.push((property, tags));
    }

    /// Adds a parameter and gives its value.
    ///
    /// # Errors
    ///
    /// [`Error::Duplicate`] if the name is taken.
    pub fn parameter<T>(&mut self, name: &str, parameter: Parameter) -> Result<Value<T>, Error> {
        if self.parameters.iter().any(|(known, _)| known == name) {
            return Err(self.duplicate(name));
        }
        self.parameters.push((name.to_owned(), parameter));
        let reference = Reference::Parameter(name.to_owned());
        Ok(Value::of(Node::Function(Box::new(Function::Reference(reference)))))
    }

    /// Adds a condition.
    ///
    /// # Errors
    ///
    /// [`Error::Duplicate`] if the name is taken.
    pub fn condition(&mut self, name: &str, test: Test) -> Result<Condition, Error> {
        if self.conditions.iter().any(|(known, _)| known == name) {
            return Err(self.duplicate(name));
        }
        self.conditions.push((name.to_owned(), test));
        Ok(Condition::new(name))
    }

    /// Adds a mapping: rows by top-level key, each with values by second-level key.
    ///
    /// # Errors
    ///
    /// [`Error::Duplicate`] if the name is taken.
    pub fn mapping(&mut self, name: &str, rows: BTreeMap<String, BTreeMap<String, String>>) -> Result<Mapping, Error> {
        if self.mappings.iter().any(|(known, _)| known == name) {
            return Err(self.duplicate(name));
        }
        self.mappings.push((name.to_owned(), rows));
        Ok(Mapping { name: name.to_owned() })
    }

    /// Adds an output for people and pipelines. What other stacks need is exported without being asked for.
    ///
    /// # Errors
    ///
    /// [`Error::Duplicate`] if the name is taken.
    pub fn output(&mut self, name: &str, description: &str, value: Value<String>) -> Result<(), Error> {
        if self.outputs.iter().any(|(known, _)| known == name) {
            return Err(self.duplicate(name));
        }
        let output = Output {
            description: description.to_owned(),
            value,
            condition: None,
        };
        self.outputs.push((name.to_owned(), output));
        Ok(())
    }

    /// Sets a property past what the model offers.
    pub fn set(&mut self, property: Override) {
        self.overrides.push(property);
    }

    /// What is set past the model, in the order in which it is.
    pub fn overrides(&self) -> impl Iterator<Item = &Override> {
        self.overrides.iter()
    }

    /// Adds a note to a resource's metadata, if the resource is here.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownOverride`] if there is no such resource.
    pub fn note(&mut self, id: &str, key: &str, note: Node) -> Result<(), Error> {
        let found = self.known.get(id).copied();
        let Some((_, entry)) = found.and_then(|index| self.resources.get_mut(index)) else {
            return Err(self.unknown(id));
        };
        entry.settings.metadata.push((key.to_owned(), note));
        Ok(())
    }

    /// The logical ids and types of the resources, in the order in which they stand.
    pub fn resources(&self) -> impl Iterator<Item = (&LogicalId, &'static str)> {
        self.resources.iter().map(|(id, entry)| (id, entry.kind))
    }

    /// Whether something that can be referred to has this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.known.contains_key(name) || self.parameters.iter().any(|(known, _)| known == name)
    }

    pub(crate) fn unknown(&self, id: &str) -> Error {
        let known: Vec<_> = self.resources.iter().map(|(id, _)| id.as_str()).collect();
        Error::UnknownOverride {
            stack: self.stack.to_string(),
            id: id.to_owned(),
            known: known.join(", "),
        }
    }

    pub(crate) fn duplicate(&self, id: &str) -> Error {
        Error::Duplicate {
            stack: self.stack.to_string(),
            id: id.to_owned(),
        }
    }
}

fn has_key(tag: &Node, key: &str) -> bool {
    let Node::Map(pairs) = tag else { return false };
    pairs
        .iter()
        .any(|(name, node)| name == "Key" && matches!(node, Node::Text(text) if text == key))
}
