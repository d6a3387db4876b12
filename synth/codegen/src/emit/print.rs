//! Structs and enums as Rust. What it looks like is left to rustfmt.

use std::fmt::Write;

use super::HEADER;
use super::item::{Attribute, Change, Facts, Field, Item};
use super::names::{snake, variant};

/// The text of a module.
pub(super) fn print(service: &str, items: impl Iterator<Item = (String, Item)>) -> String {
    let mut out = format!("{HEADER}\n//!\n//! `AWS::{service}`.\n\nuse super::prelude::*;\n");
    for (name, item) in items {
        match item {
            Item::Resource { fields, facts } => {
                let _ = writeln!(out, "\n/// `{}`.", facts.name);
                structure(&mut out, &name, &fields);
                resource(&mut out, &name, &fields, &facts);
            }
            Item::Property { fields } => {
                let _ = writeln!(out, "\n/// A property type of `AWS::{service}`.");
                structure(&mut out, &name, &fields);
                let _ = write!(
                    out,
                    "impl ToNode for {name} {{ fn to_node(&self) -> Node {{ {} object(out) }} }}
                    impl Literal for {name} {{}}\n",
                    pairs(&fields)
                );
            }
            Item::Enum { values } => enumeration(&mut out, &name, &values),
        }
    }
    out
}

fn structure(out: &mut String, name: &str, fields: &[Field]) {
    let _ = writeln!(out, "#[derive(Clone)] pub struct {name} {{");
    for field in fields {
        let Field { property, kind, .. } = field;
        let kind = if field.required {
            format!("Value<{kind}>")
        } else {
            format!("Option<Value<{kind}>>")
        };
        out.push_str(docs(field));
        let _ = writeln!(out, "pub {}: {kind},", snake(property));
    }
    out.push_str("}\n");
    let required: Vec<_> = fields.iter().filter(|field| field.required).collect();
    let summary = if required.is_empty() {
        "Nothing set."
    } else {
        "The required properties."
    };
    let arguments = required.iter().fold(String::new(), |out, field| {
        out + &format!("{}: impl Into<Value<{}>>,", snake(&field.property), field.kind)
    });
    let values = fields.iter().fold(String::new(), |out, field| {
        let name = snake(&field.property);
        out + &if field.required {
            format!("{name}: {name}.into(),")
        } else {
            format!("{name}: None,")
        }
    });
    let _ = writeln!(
        out,
        "impl {name} {{ /// {summary}\n#[must_use] pub fn new({arguments}) -> Self {{ Self {{ {values} }} }} }}"
    );
}

fn docs(field: &Field) -> &'static str {
    match (field.required, field.change) {
        (true, Change::Replaces) => "/// Required; a change replaces the resource.\n",
        (true, Change::MayReplace) => "/// Required; a change may replace the resource.\n",
        (true, Change::Updates) => "/// Required.\n",
        (false, Change::Replaces) => "/// A change replaces the resource.\n",
        (false, Change::MayReplace) => "/// A change may replace the resource.\n",
        (false, Change::Updates) => "",
    }
}

/// The body that puts the properties that are set into `out`. It names fields instead of calling generic functions,
/// because each kind of value would be a function to compile.
fn pairs(fields: &[Field]) -> String {
    let mut out = "let mut out = Vec::new();".to_owned();
    for field in fields {
        let (name, property) = (snake(&field.property), &field.property);
        let _ = if field.required {
            writeln!(out, "put(&mut out, \"{property}\", &self.{name}.node);")
        } else {
            writeln!(
                out,
                "if let Some(value) = &self.{name} {{ put(&mut out, \"{property}\", &value.node); }}"
            )
        };
    }
    out
}

fn resource(out: &mut String, name: &str, fields: &[Field], facts: &Facts) {
    let _ = write!(
        out,
        "impl Resource for {name} {{
            const TYPE: &'static str = \"{}\";
            const TAGGING: Tagging = {};\n
            fn properties(&self) -> Properties {{ {} out }}
        }}\n",
        facts.name,
        facts.tagging,
        pairs(fields)
    );
    if facts.attributes.is_empty() {
        return;
    }
    let _ = writeln!(out, "impl Handle<{name}> {{");
    for Attribute { method, kind, name } in &facts.attributes {
        let _ = match name {
            None => writeln!(
                out,
                "/// `Ref`.\n#[must_use] pub fn {method}(&self) -> Value<{kind}> {{ self.reference() }}"
            ),
            Some(name) => writeln!(
                out,
                "/// `Fn::GetAtt` of `{name}`.
                #[must_use] pub fn {method}(&self) -> Value<{kind}> {{ self.attribute(\"{name}\") }}"
            ),
        };
    }
    out.push_str("}\n");
}

fn enumeration(out: &mut String, name: &str, values: &[String]) {
    let (mut variants, mut arms) = (String::new(), String::new());
    for value in values {
        let _ = writeln!(variants, "/// `{value}`.\n{},", variant(value));
        let _ = write!(arms, "Self::{} => \"{value}\",", variant(value));
    }
    let _ = write!(
        out,
        "\n/// A closed set of texts.
        #[derive(Clone)] pub enum {name} {{ {variants} /// A value that is newer than the schema.\nOther(String) }}
        impl ToNode for {name} {{
            fn to_node(&self) -> Node {{ text(match self {{ {arms} Self::Other(text) => text }}) }}
        }}
        impl Literal for {name} {{}}\n"
    );
}
