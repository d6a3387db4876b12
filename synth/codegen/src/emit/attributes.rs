//! What a handle gives: what `Ref` gives, and what `Fn::GetAtt` can name.

use std::collections::BTreeMap;

use super::item::Attribute;
use super::kinds::Kinds;
use super::names::{snake, without_type};
use super::shape::{Shape, shape};
use crate::schema::{Node, ResourceSchema};

/// What every handle has already.
const TAKEN: &[&str] = &["attribute", "clone", "logical_id", "reference", "value"];

/// The methods of a resource's handle, sorted.
pub(super) fn attributes(schema: &ResourceSchema, kinds: &mut Kinds) -> Vec<Attribute> {
    let mut methods: BTreeMap<String, Attribute> = BTreeMap::new();
    let identifier = reference(schema, kinds);
    let primary: Vec<_> = schema.primary_identifier().collect();
    if let Some((method, kind)) = identifier {
        let attribute = Attribute {
            method: method.clone(),
            kind,
            name: None,
        };
        methods.insert(method, attribute);
    }
    for dotted in schema.attributes() {
        let Some(leaf) = schema.find(&dotted.replace('.', "/")) else {
            continue;
        };
        // `Ref` gives it already, under a shorter name.
        let given = !methods.is_empty() && primary.as_slice() == [dotted.as_str()];
        if let Some(attribute) = attribute(schema, kinds, &dotted, leaf).filter(|_| !given) {
            methods.entry(attribute.method.clone()).or_insert(attribute);
        }
    }
    methods.into_values().collect()
}

/// The method and the kind of what `Ref` gives: what identifies the resource, where that is one property.
fn reference(schema: &ResourceSchema, kinds: &mut Kinds) -> Option<(String, String)> {
    let path = kinds.path(schema.name());
    let primary: Vec<_> = schema.primary_identifier().collect();
    let marker = match (kinds.of_reference(schema.name()), primary.as_slice()) {
        (Some(""), _) => return None,
        (Some(marker), _) => marker,
        (None, [only]) => {
            let what = without_type(only, short(schema));
            ["Arn", "Id"]
                .into_iter()
                .find(|end| what.ends_with(end))
                .unwrap_or("Name")
        }
        _ => return None,
    };
    Some((snake(marker), format!("{marker}<{path}>")))
}

fn attribute(schema: &ResourceSchema, kinds: &mut Kinds, dotted: &str, leaf: Node<'_>) -> Option<Attribute> {
    let path = kinds.path(schema.name());
    let what = without_type(dotted, short(schema));
    let plain = match shape(leaf) {
        Shape::Plain(name) => name.to_owned(),
        Shape::Enum(..) => "String".to_owned(),
        Shape::List(item) if matches!(*item, Shape::Plain("String") | Shape::Enum(..)) => "Vec<String>".to_owned(),
        // `Fn::GetAtt` gives neither objects nor lists of them.
        Shape::List(_) | Shape::Map(_) | Shape::Struct(_) => return None,
    };
    let known = kinds.of_attribute(schema.name(), &dotted.replace('.', "/"));
    let known = known.or_else(|| kinds.of_format(leaf.format()?));
    let kind = known.unwrap_or_else(|| match what {
        "Arn" | "Id" | "Name" => format!("{what}<{path}>"),
        _ => plain,
    });
    let mut method = snake(&what.replace('.', "_"));
    if TAKEN.contains(&method.as_str()) {
        method = format!("{}_{method}", snake(short(schema)));
    }
    Some(Attribute {
        method,
        kind,
        name: Some(dotted.to_owned()),
    })
}

fn short(schema: &ResourceSchema) -> &'static str {
    schema.name().rsplit("::").next().unwrap_or_default()
}
