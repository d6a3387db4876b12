//! One module: the resource types of one AWS service.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::Value as Json;

use super::HEADER;
use super::kinds::Kinds;
use super::names::{pascal, snake, variant, without_type};
use super::shape::{Shape, shape};

/// A resource type with its schema.
pub(crate) type Type<'a> = (&'a str, &'a Json);

struct Module<'a> {
    kinds: &'a mut Kinds,
    /// Names of definitions that mean different things in different types of the service.
    ambiguous: BTreeSet<String>,
    /// What is written already, by name.
    written: BTreeMap<String, String>,
    resource: &'a str,
    root: &'a Json,
}

/// The text of a module, not yet formatted.
pub(crate) fn module(service: &str, types: &[Type<'_>], kinds: &mut Kinds) -> String {
    let mut out = format!("{HEADER}\n//!\n//! `AWS::{service}`.\n\n");
    out.push_str("#[allow(unused_imports, reason = \"not every service has every kind\")]\n");
    out.push_str("use super::prelude::*;\n");
    let ambiguous = ambiguous(types);
    let mut written = BTreeMap::new();
    for (resource, root) in types {
        let mut module = Module {
            kinds,
            ambiguous: ambiguous.clone(),
            written,
            resource,
            root,
        };
        module.resource();
        written = module.written;
    }
    written.values().for_each(|text| out.push_str(text));
    out
}

/// Definitions that do not look the same wherever they stand, or that are called like a resource type.
fn ambiguous(types: &[Type<'_>]) -> BTreeSet<String> {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut ambiguous: BTreeSet<String> = types.iter().map(|(name, _)| short(name)).collect();
    for (_, root) in types {
        for (name, schema) in root["definitions"].as_object().into_iter().flatten() {
            let text = expanded(schema, root, &mut vec![name.clone()]);
            let key = pascal(name);
            if seen.get(&key).is_some_and(|known| *known != text) {
                ambiguous.insert(key.clone());
            }
            seen.entry(key).or_insert(text);
        }
    }
    ambiguous
}

/// A schema as text with its references followed and its descriptions left out.
fn expanded(schema: &Json, root: &Json, path: &mut Vec<String>) -> String {
    match schema {
        Json::Object(map) => {
            if let Some(name) = schema["$ref"]
                .as_str()
                .and_then(|path| path.strip_prefix("#/definitions/"))
            {
                if path.iter().any(|known| known == name) || path.len() > 8 {
                    return name.to_owned();
                }
                path.push(name.to_owned());
                let text = expanded(&root["definitions"][name], root, path);
                path.pop();
                return text;
            }
            let parts = map
                .iter()
                .filter(|(key, value)| *key != "description" || !value.is_string());
            let sorted: BTreeMap<_, _> = parts.collect();
            sorted
                .into_iter()
                .map(|(key, value)| format!("{key}:{},", expanded(value, root, path)))
                .collect()
        }
        Json::Array(items) => items
            .iter()
            .map(|item| format!("{},", expanded(item, root, path)))
            .collect(),
        leaf => leaf.to_string(),
    }
}

fn short(resource: &str) -> String {
    pascal(resource.rsplit("::").next().unwrap_or_default())
}

impl Module<'_> {
    fn resource(&mut self) {
        let (resource, root) = (self.resource, self.root);
        let name = short(resource);
        let read_only = pointers(root, "readOnlyProperties");
        let writable = |property: &str| !read_only.iter().any(|path| path == property);
        let mut text = format!("\n/// `{resource}`.\n");
        let body = self.fields(&name, root, &writable, &pointers(root, "createOnlyProperties"));
        text.push_str(&body.declaration);
        let _ = write!(text, "impl {name} {{ {} }}\n", body.constructor);
        let tag = root["tagging"]["tagProperty"]
            .as_str()
            .and_then(|path| path.strip_prefix("/properties/"));
        let tag = tag.or_else(|| root["properties"]["Tags"].is_object().then_some("Tags"));
        let taggable = root["tagging"]["taggable"].as_bool() != Some(false);
        let tagging = match tag.filter(|tag| taggable && writable(tag) && root["properties"][*tag].is_object()) {
            Some(tag) => match shape(&root["properties"][tag], root, 0) {
                Shape::List(item) if has_key_and_value(&item) => format!("Tagging::List(\"{tag}\")"),
                Shape::Map(_) | Shape::Plain(_) => format!("Tagging::Map(\"{tag}\")"),
                _ => "Tagging::None".into(),
            },
            None => "Tagging::None".into(),
        };
        let _ = write!(
            text,
            "impl Resource for {name} {{\n const TYPE: &'static str = \"{resource}\";\n const TAGGING: Tagging = {tagging};\n
             fn properties(&self) -> Vec<(&'static str, Node)> {{ {} }} }}\n",
            body.properties
        );
        let _ = write!(text, "impl Handle<{name}> {{ {} }}\n", self.attributes(&name));
        self.written.insert(name, text);
    }

    /// The attributes of a resource: what identifies it, by `Ref`, and what AWS makes of it, by `Fn::GetAtt`.
    fn attributes(&self, name: &str) -> String {
        let kind = self.resource.rsplit("::").next().unwrap_or_default();
        let path = self.kinds.path(self.resource);
        let primary = pointers(self.root, "primaryIdentifier");
        let mut methods: BTreeMap<String, String> = BTreeMap::new();
        if let [only] = primary.as_slice() {
            let what = without_type(only, kind);
            let marker = if what.ends_with("Arn") {
                "Arn"
            } else if what.ends_with("Id") {
                "Id"
            } else {
                "Name"
            };
            let method = snake(marker);
            let text = format!(
                "/// `Ref`.\n#[must_use] pub fn {method}(&self) -> Value<{marker}<{path}>> {{ self.reference() }}\n"
            );
            methods.insert(method, text);
        }
        for attribute in pointers(self.root, "readOnlyProperties") {
            let dotted = attribute.replace('/', ".");
            let mut what = without_type(&attribute, kind).to_owned();
            if what.is_empty() {
                what.clone_from(&attribute);
            }
            let method = snake(&what.replace('/', "_"));
            let leaf = attribute.split('/').fold(Some(self.root), |at, key| {
                at.and_then(|at| property(at, key, self.root))
            });
            let format = leaf.and_then(|leaf| leaf["format"].as_str());
            let kind = self
                .kinds
                .of_attribute(self.resource, &attribute)
                .or_else(|| format.and_then(|format| self.kinds.of_format(format)));
            let list = leaf.is_some_and(|leaf| leaf["type"] == "array");
            let marker = match (kind, what.as_str()) {
                (Some(kind), _) => kind,
                (None, "Arn") => format!("Arn<{path}>"),
                (None, "Id") => format!("Id<{path}>"),
                _ if list => "Vec<String>".into(),
                _ => "String".into(),
            };
            let text = format!(
                "/// `Fn::GetAtt` of `{dotted}`.\n#[must_use] pub fn {method}(&self) -> Value<{marker}> {{ self.attribute(\"{dotted}\") }}\n"
            );
            methods.entry(method).or_insert(text);
        }
        let _ = name;
        methods.into_values().collect()
    }

    /// The fields of a struct, its constructor, and the body that turns it into pairs.
    fn fields(&mut self, name: &str, schema: &Json, writable: &dyn Fn(&str) -> bool, create_only: &[String]) -> Fields {
        let required: BTreeSet<&str> = schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Json::as_str)
            .collect();
        let mut properties: Vec<(&String, &Json)> = schema["properties"]
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(key, _)| writable(key))
            .collect();
        properties.sort_by_key(|(key, _)| key.as_str());
        let (mut fields, mut arguments, mut values, mut pushes) =
            (String::new(), String::new(), String::new(), String::new());
        for (property, schema) in properties {
            let field = snake(property);
            let kind = self.kind(name, property, schema);
            let must = required.contains(property.as_str());
            let docs = match (must, create_only.contains(property)) {
                (true, true) => "/// Required; a change replaces the resource.\n",
                (true, false) => "/// Required.\n",
                (false, true) => "/// A change replaces the resource.\n",
                (false, false) => "",
            };
            if must {
                let _ = write!(fields, "{docs}pub {field}: Value<{kind}>,\n");
                let _ = write!(arguments, "{field}: impl Into<Value<{kind}>>,");
                let _ = write!(values, "{field}: {field}.into(),");
                let _ = write!(pushes, "required(&mut out, \"{property}\", &self.{field});\n");
            } else {
                let _ = write!(fields, "{docs}pub {field}: Option<Value<{kind}>>,\n");
                let _ = write!(values, "{field}: None,");
                let _ = write!(pushes, "optional(&mut out, \"{property}\", self.{field}.as_ref());\n");
            }
        }
        let docs = if arguments.is_empty() {
            "Nothing set."
        } else {
            "The required properties."
        };
        Fields {
            declaration: format!("#[derive(Clone)] pub struct {name} {{ {fields} }}\n"),
            constructor: format!("/// {docs}\n#[must_use] pub fn new({arguments}) -> Self {{ Self {{ {values} }} }}"),
            properties: format!("let mut out = Vec::new(); {pushes} out"),
        }
    }

    /// The `T` of a property's `Value<T>`; what it needs is written first.
    fn kind(&mut self, parent: &str, property: &str, schema: &Json) -> String {
        let leaf = if schema["items"].is_object() {
            &schema["items"]
        } else {
            schema
        };
        let reference = self.kinds.of_property(self.resource, property);
        let format = leaf["format"].as_str().or_else(|| schema["format"].as_str());
        let reference = reference.or_else(|| format.and_then(|format| self.kinds.of_format(format)));
        // What names this very resource is written down, not referred to.
        let own = format!("<{}>", self.kinds.path(self.resource));
        let reference = reference.filter(|kind| parent != short(self.resource) || !kind.ends_with(&own));
        let shape = shape(schema, self.root, 0);
        match (reference, shape) {
            (Some(kind), Shape::List(_)) => format!("Vec<{kind}>"),
            (Some(kind), _) => kind,
            (None, shape) => self.shaped(parent, property, &shape),
        }
    }

    fn shaped(&mut self, parent: &str, property: &str, shape: &Shape) -> String {
        match shape {
            Shape::Plain(name) => name.clone(),
            Shape::List(item) => format!("Vec<{}>", self.shaped(parent, property, item)),
            Shape::Map(item) => format!("BTreeMap<String, {}>", self.shaped(parent, property, item)),
            Shape::Struct(schema, definition) => {
                let name = self.name(parent, property, definition.as_deref());
                if !self.written.contains_key(&name) {
                    // Said before its fields are looked at: some types hold themselves.
                    self.written.insert(name.clone(), String::new());
                    let fields = self.fields(&name, schema, &|_| true, &[]);
                    let text = format!(
                        "\n/// A property type of `AWS::{}`.\n{} impl {name} {{ {} }}\nimpl ToNode for {name} {{ fn to_node(&self) -> Node {{ {}; object(out) }} }}\nimpl Literal for {name} {{}}\n",
                        self.resource.split("::").nth(1).unwrap_or_default(),
                        fields.declaration,
                        fields.constructor,
                        fields.properties.trim_end_matches("out"),
                    );
                    let text = text
                        .replace(";\n ; object(out)", ";\n object(out)")
                        .replace(" ; object(out)", " object(out)");
                    self.written.insert(name.clone(), text);
                }
                name
            }
            Shape::Enum(values, definition) => {
                let name = self.name(parent, property, definition.as_deref());
                let text = enumeration(&name, values);
                self.written.entry(name.clone()).or_insert(text);
                name
            }
        }
    }

    /// The name of a property type: the definition's, with the resource's before it where that could be another.
    fn name(&self, parent: &str, property: &str, definition: Option<&str>) -> String {
        match definition.map(pascal) {
            Some(name) if self.ambiguous.contains(&name) => {
                let name = format!("{}{name}", short(self.resource));
                // A listener's `Certificate` is not the resource `ListenerCertificate`.
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

struct Fields {
    declaration: String,
    constructor: String,
    properties: String,
}

fn enumeration(name: &str, values: &[String]) -> String {
    let (mut variants, mut arms) = (String::new(), String::new());
    for value in values {
        let _ = write!(variants, "/// `{value}`.\n{},", variant(value));
        let _ = write!(arms, "Self::{} => \"{value}\",", variant(value));
    }
    format!(
        "\n/// A closed set of texts.\n#[derive(Clone)] pub enum {name} {{ {variants} /// A value that is newer than the schema.\nOther(String) }}
         impl ToNode for {name} {{ fn to_node(&self) -> Node {{ Node::Text(match self {{ {arms} Self::Other(text) => text.as_str() }}.to_owned()) }} }}
         impl Literal for {name} {{}}\n"
    )
}

fn has_key_and_value(item: &Shape) -> bool {
    matches!(item, Shape::Struct(schema, _) if schema["properties"]["Key"].is_object() && schema["properties"]["Value"].is_object())
}

fn property<'a>(schema: &'a Json, key: &str, root: &'a Json) -> Option<&'a Json> {
    let schema = match schema["$ref"]
        .as_str()
        .and_then(|path| path.strip_prefix("#/definitions/"))
    {
        Some(name) => &root["definitions"][name],
        None => schema,
    };
    schema["properties"].get(key)
}

/// `/properties/A/B` is `A/B`.
fn pointers(root: &Json, key: &str) -> Vec<String> {
    let list = root[key].as_array().into_iter().flatten().filter_map(Json::as_str);
    list.filter_map(|path| path.strip_prefix("/properties/"))
        .map(str::to_owned)
        .collect()
}
