//! From the schemas of a service's types to the structs and enums of its module.

use std::collections::{BTreeMap, BTreeSet};

use super::alike::{ambiguous, outline};
use super::attributes::attributes;
use super::item::{Change, Facts, Field, Item};
use super::kinds::Kinds;
use super::names::{pascal, short, without_type};
use super::print::print;
use super::shape::{Shape, shape};
use crate::Failure;
use crate::schema::{Node, Replacement, ResourceSchema};

/// The text of a module, not yet formatted.
pub(crate) fn module(service: &str, types: &[&'static ResourceSchema], kinds: &mut Kinds) -> Result<String, Failure> {
    let ambiguous = ambiguous(types);
    let mut items = BTreeMap::new();
    for schema in types {
        let mut gathering = Gathering {
            schema,
            kinds,
            ambiguous: &ambiguous,
            items,
        };
        gathering.resource()?;
        items = gathering.items;
    }
    let items = items.into_iter().map(|(name, (_, item))| (name, item));
    Ok(print(service, items))
}

struct Gathering<'a> {
    schema: &'static ResourceSchema,
    kinds: &'a mut Kinds,
    ambiguous: &'a BTreeSet<String>,
    /// What there is to write by its name, with the outline of the schema that it comes from.
    items: BTreeMap<String, (String, Item)>,
}

impl Gathering<'_> {
    fn resource(&mut self) -> Result<(), Failure> {
        let schema = self.schema;
        let name = short(schema.name());
        let fields = self.fields(&name, schema.root(), "")?;
        let facts = Facts {
            name: schema.name().to_owned(),
            tagging: tagging(schema),
            attributes: attributes(schema, self.kinds),
        };
        self.items
            .insert(name, (schema.name().to_owned(), Item::Resource { fields, facts }));
        Ok(())
    }

    /// The properties of an object that can be set; `path` leads to it.
    fn fields(&mut self, parent: &str, object: Node<'static>, path: &str) -> Result<Vec<Field>, Failure> {
        let required: BTreeSet<_> = object.required().collect();
        let mut properties: Vec<_> = object.properties().collect();
        properties.sort_by_key(|(name, _)| *name);
        let mut fields = Vec::new();
        for (property, node) in properties {
            let path = if path.is_empty() {
                property.to_owned()
            } else {
                format!("{path}/{property}")
            };
            if self.is_read_only(node, &path) {
                continue;
            }
            fields.push(Field {
                property: property.to_owned(),
                kind: self.kind(parent, property, node, &path)?,
                required: required.contains(property),
                change: change(self.schema, &path),
            });
        }
        Ok(fields)
    }

    /// Whether a property, or all that it holds, is only set by AWS.
    fn is_read_only(&self, node: Node<'_>, path: &str) -> bool {
        let mut inner = node.properties().peekable();
        self.schema.read_only().any(|known| known == path)
            || inner.peek().is_some() && inner.all(|(name, node)| self.is_read_only(node, &format!("{path}/{name}")))
    }

    /// The `T` of a property's `Value<T>`.
    fn kind(&mut self, parent: &str, property: &str, node: Node<'static>, path: &str) -> Result<String, Failure> {
        let shape = shape(node);
        let format = node.items().and_then(|items| items.format()).or(node.format());
        let known = self.kinds.of_property(self.schema.name(), path);
        let known = known.or_else(|| self.kinds.of_format(format?));
        // What names this very resource is written down, not referred to.
        let own = format!("<{}>", self.kinds.path(self.schema.name()));
        match (known.filter(|kind| path.contains('/') || !kind.ends_with(&own)), shape) {
            (Some(kind), Shape::List(_)) => Ok(format!("Vec<{kind}>")),
            (Some(kind), _) => Ok(kind),
            (None, shape) => self.shaped(parent, property, &shape, path),
        }
    }

    fn shaped(&mut self, parent: &str, property: &str, shape: &Shape<'static>, path: &str) -> Result<String, Failure> {
        Ok(match shape {
            Shape::Plain(name) => (*name).to_owned(),
            Shape::List(item) => format!("Vec<{}>", self.shaped(parent, property, item, &format!("{path}/*"))?),
            Shape::Map(item) => format!(
                "BTreeMap<String, {}>",
                self.shaped(parent, property, item, &format!("{path}/*"))?
            ),
            Shape::Struct(node) => {
                let name = self.name(parent, property, node.definition());
                let outline = outline(*node, &mut node.definition().into_iter().collect());
                // It is said before its fields are looked at: some types hold themselves.
                if self.is_new(&name, outline.clone(), Item::Property { fields: Vec::new() })? {
                    let fields = self.fields(&name, *node, path)?;
                    self.items.insert(name.clone(), (outline, Item::Property { fields }));
                }
                name
            }
            Shape::Enum(values, definition) => {
                let name = self.name(parent, property, *definition);
                self.is_new(&name, format!("{values:?}"), Item::Enum { values: values.clone() })?;
                name
            }
        })
    }

    /// Puts an item in its place, if nothing stands there.
    fn is_new(&mut self, name: &str, outline: String, item: Item) -> Result<bool, Failure> {
        match self.items.get(name) {
            Some((known, _)) if *known == outline => Ok(false),
            Some((known, _)) => Err(Failure(format!(
                "{}: two things would be called {name}: {known} and {outline}; give one another name in emit/gather.rs",
                self.schema.name()
            ))),
            None => {
                self.items.insert(name.to_owned(), (outline, item));
                Ok(true)
            }
        }
    }

    /// The name of a property type: the definition's, with the resource's before it where that could be another.
    fn name(&self, parent: &str, property: &str, definition: Option<&str>) -> String {
        match definition.map(pascal) {
            Some(name) if self.ambiguous.contains(&name) => {
                let name = format!("{}{name}", short(self.schema.name()));
                // A listener's own `Certificate` would not be the resource `ListenerCertificate`.
                if self.ambiguous.contains(&name) {
                    format!("{name}Item")
                } else {
                    name
                }
            }
            Some(name) => name,
            None => format!("{parent}{}", pascal(without_type(property, parent))),
        }
    }
}

/// What a change at exactly this path does; what stands in it is told where it stands.
fn change(schema: &ResourceSchema, path: &str) -> Change {
    match schema.replacement(path) {
        Replacement::Always if schema.create_only().any(|known| known.len() <= path.len()) => Change::Replaces,
        Replacement::Never => Change::Updates,
        Replacement::Sometimes | Replacement::Always => Change::MayReplace,
    }
}

/// How a type takes tags, as Rust.
fn tagging(schema: &ResourceSchema) -> String {
    let tags = schema
        .tags()
        .filter(|tags| !schema.read_only().any(|path| path == tags.property));
    let shape = tags.and_then(|tags| Some((tags.property, shape(schema.find(tags.property)?))));
    match shape {
        Some((property, Shape::List(item))) if has_key_and_value(&item) => format!("Tagging::List(\"{property}\")"),
        Some((property, Shape::Map(_) | Shape::Plain(_))) => format!("Tagging::Map(\"{property}\")"),
        _ => "Tagging::None".to_owned(),
    }
}

fn has_key_and_value(item: &Shape<'_>) -> bool {
    matches!(item, Shape::Struct(node) if node.property("Key").is_some() && node.property("Value").is_some())
}
