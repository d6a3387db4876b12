//! From nodes to JSON.

use std::borrow::Cow;

use serde_json::{Map, Value as Json, json};

use super::body::Entry;
use super::{Error, Function, LogicalId, Node, Policy, Reference, Settings, StackName, Template, Test, ToNode, change};

/// What one stack takes from others: the stack, the resource, the attribute.
pub(crate) type Import = (StackName, LogicalId, Option<Cow<'static, str>>);

/// Renders the nodes of one stack and notes what they import.
pub(crate) struct Renderer<'a> {
    template: &'a Template,
    stack: &'a StackName,
    pub(crate) imports: Vec<Import>,
}

impl<'a> Renderer<'a> {
    pub(crate) fn new(template: &'a Template) -> Self {
        Self {
            template,
            stack: &template.stack,
            imports: Vec::new(),
        }
    }
}

/// The name of an export and of its output: fixed by the stack, the resource and the attribute.
pub(crate) fn export_name(stack: &StackName, id: &LogicalId, attribute: Option<&str>) -> String {
    format!("{stack}-{}", output_name(id, attribute))
}

pub(crate) fn output_name(id: &LogicalId, attribute: Option<&str>) -> String {
    let attribute = attribute.unwrap_or_default().replace('.', "");
    // The end of the id and the start of the attribute are often the same word: it is said once.
    let shared = (4..attribute.len()).rev().find(|&length| {
        attribute
            .get(..length)
            .is_some_and(|start| id.as_str().ends_with(start) && starts_word(attribute.get(length..)))
    });
    format!(
        "{id}{}",
        attribute.get(shared.unwrap_or_default()..).unwrap_or_default()
    )
}

/// Whether a new word starts here: what stands before is a word then.
fn starts_word(rest: Option<&str>) -> bool {
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
}

impl Renderer<'_> {
    pub(crate) fn node(&mut self, node: &Node) -> Json {
        match node {
            Node::Bool(value) => json!(value),
            Node::Int(value) => json!(value),
            Node::Float(value) => json!(value),
            Node::Text(text) => json!(text),
            Node::List(items) => items.iter().map(|item| self.node(item)).collect(),
            Node::Map(pairs) => Json::Object(
                pairs
                    .iter()
                    .map(|(key, value)| (key.clone(), self.node(value)))
                    .collect(),
            ),
            Node::Function(function) => self.function(function),
        }
    }

    fn function(&mut self, function: &Function) -> Json {
        match function {
            Function::Reference(reference) => self.reference(reference),
            Function::Sub(pieces) => self.sub(pieces),
            Function::Join(delimiter, list) => json!({ "Fn::Join": [delimiter, self.node(list)] }),
            Function::Select(index, list) => json!({ "Fn::Select": [index, self.node(list)] }),
            Function::Split(delimiter, text) => json!({ "Fn::Split": [delimiter, self.node(text)] }),
            Function::If(condition, then, otherwise) => {
                json!({ "Fn::If": [condition, self.node(then), self.node(otherwise)] })
            }
            Function::ImportValue(name) => json!({ "Fn::ImportValue": self.node(name) }),
            Function::FindInMap(name, top, second) => {
                json!({ "Fn::FindInMap": [name, self.node(top), self.node(second)] })
            }
            Function::GetAzs => json!({ "Fn::GetAZs": "" }),
            Function::Cidr(block, count, bits) => json!({ "Fn::Cidr": [self.node(block), count, bits] }),
            Function::Base64(text) => json!({ "Fn::Base64": self.node(text) }),
        }
    }

    fn reference(&mut self, reference: &Reference) -> Json {
        match reference {
            Reference::Parameter(name) => json!({ "Ref": name }),
            Reference::Pseudo(name) => json!({ "Ref": name }),
            Reference::Resource(stack, id, attribute) if stack == self.stack => match attribute {
                None => json!({ "Ref": id.as_str() }),
                Some(attribute) => json!({ "Fn::GetAtt": [id.as_str(), attribute] }),
            },
            Reference::Resource(stack, id, attribute) => {
                self.imports.push((stack.clone(), id.clone(), attribute.clone()));
                json!({ "Fn::ImportValue": export_name(stack, id, attribute.as_deref()) })
            }
        }
    }

    /// `Fn::Sub`. What cannot stand in the text itself becomes a variable beside it, named for what it imports.
    fn sub(&mut self, pieces: &[Node]) -> Json {
        let mut text = String::new();
        let mut variables = Map::new();
        for piece in pieces {
            match self.piece(piece) {
                Ok(direct) => text += &direct,
                Err(value) => {
                    let name = self.variable_name(piece, &value, &variables);
                    text.extend(["${", &name, "}"]);
                    variables.insert(name, value);
                }
            }
        }
        if variables.is_empty() {
            json!({ "Fn::Sub": text })
        } else {
            json!({ "Fn::Sub": [text, variables] })
        }
    }

    /// A piece as it stands in the text, or the value of a variable.
    fn piece(&mut self, piece: &Node) -> Result<String, Json> {
        if let Node::Text(text) = piece {
            // `${!` is how CloudFormation writes a `${` that is not a variable.
            return Ok(text.replace("${", "${!"));
        }
        if let Node::Function(function) = piece
            && let Function::Reference(reference) = &**function
        {
            match reference {
                Reference::Parameter(name) => return Ok(format!("${{{name}}}")),
                Reference::Pseudo(name) => return Ok(format!("${{{name}}}")),
                Reference::Resource(stack, id, None) if stack == self.stack => return Ok(format!("${{{id}}}")),
                Reference::Resource(stack, id, Some(attribute)) if stack == self.stack => {
                    return Ok(format!("${{{id}.{attribute}}}"));
                }
                Reference::Resource(..) => {}
            }
        }
        Err(self.node(piece))
    }

    /// A name for a variable: a variable hides what the template has under its name, and two values need two names.
    fn variable_name(&self, piece: &Node, value: &Json, variables: &Map<String, Json>) -> String {
        let wanted = named(piece).unwrap_or_else(|| "Value".to_owned());
        let free = |name: &String| {
            variables
                .get(name)
                .map_or(!self.template.has(name), |known| known == value)
        };
        let numbered = (2..).map(|number| format!("{wanted}{number}"));
        let mut names = std::iter::once(wanted.clone()).chain(numbered);
        names.find(free).unwrap_or(wanted)
    }

    fn test(&mut self, test: &Test) -> Json {
        match test {
            Test::Equals(left, right) => json!({ "Fn::Equals": [self.node(left), self.node(right)] }),
            Test::Not(inner) => json!({ "Fn::Not": [self.test(inner)] }),
            Test::And(tests) => json!({ "Fn::And": self.tests(tests) }),
            Test::Or(tests) => json!({ "Fn::Or": self.tests(tests) }),
            Test::Holds(condition) => json!({ "Condition": condition.name() }),
        }
    }

    fn tests(&mut self, tests: &[Test]) -> Vec<Json> {
        tests.iter().map(|test| self.test(test)).collect()
    }

    fn resource(&mut self, entry: &Entry) -> Map<String, Json> {
        let mut out = Map::new();
        out.insert("Type".into(), json!(entry.kind));
        out.extend(attributes(&entry.settings));
        let notes = entry.settings.metadata.iter();
        let notes: Map<String, Json> = notes.map(|(key, note)| (key.clone(), self.node(note))).collect();
        if !notes.is_empty() {
            out.insert("Metadata".into(), Json::Object(notes));
        }
        let mut properties: Vec<_> = entry.properties.iter().collect();
        properties.sort_by_key(|(name, _)| (*name == "Tags", *name));
        if !properties.is_empty() {
            let map = properties
                .into_iter()
                .map(|(name, node)| ((*name).to_owned(), self.node(node)))
                .collect();
            out.insert("Properties".into(), Json::Object(map));
        }
        out
    }

    /// The whole template but its outputs, which depend on what other stacks import.
    pub(crate) fn template(&mut self, template: &Template) -> Result<Map<String, Json>, Error> {
        let mut out = Map::new();
        out.insert("AWSTemplateFormatVersion".into(), json!("2010-09-09"));
        out.insert("Description".into(), json!(template.description));
        let mut section = |name: &str, map: Map<String, Json>| {
            if !map.is_empty() {
                out.insert(name.into(), Json::Object(map));
            }
        };
        let parameters = template.parameters.iter();
        section(
            "Parameters",
            parameters
                .map(|(name, value)| (name.clone(), self.node(&value.to_node())))
                .collect(),
        );
        section(
            "Mappings",
            template
                .mappings
                .iter()
                .map(|(name, rows)| (name.clone(), json!(rows)))
                .collect(),
        );
        section(
            "Conditions",
            template
                .conditions
                .iter()
                .map(|(name, test)| (name.clone(), self.test(test)))
                .collect(),
        );
        let mut resources: Map<String, Json> = Map::new();
        for (id, entry) in &template.resources {
            resources.insert(id.to_string(), Json::Object(self.resource(entry)));
        }
        for property in &template.overrides {
            change::apply(|value| self.node(value), template, &mut resources, property)?;
        }
        section("Resources", resources);
        Ok(out)
    }

    pub(crate) fn outputs(&mut self, template: &Template) -> Map<String, Json> {
        let outputs = template.outputs.iter().map(|(name, output)| {
            let mut body = json!({ "Description": output.description, "Value": self.node(&output.value.to_node()) });
            if let Some(condition) = &output.condition {
                body["Condition"] = json!(condition.name());
            }
            (name.clone(), body)
        });
        outputs.collect()
    }
}

/// What a piece is called after what it refers to.
fn named(piece: &Node) -> Option<String> {
    let Node::Function(function) = piece else { return None };
    match &**function {
        Function::Reference(Reference::Resource(_, id, attribute)) => Some(output_name(id, attribute.as_deref())),
        Function::Select(_, Node::Function(list)) => match &**list {
            Function::Split(_, text) => Some(named(text)? + "Part"),
            _ => None,
        },
        _ => None,
    }
}

/// What is said of a resource beside its properties, in reading order.
fn attributes(settings: &Settings) -> impl Iterator<Item = (String, Json)> {
    let after: Vec<_> = settings.depends_on.iter().map(LogicalId::as_str).collect();
    let after = match after.as_slice() {
        [] => None,
        [one] => Some(json!(one)),
        more => Some(json!(more)),
    };
    let policy = |policy: Policy| json!(policy.name());
    let condition = settings.condition.as_ref();
    let all = [
        ("Condition", condition.map(|condition| json!(condition.name()))),
        ("DependsOn", after),
        ("DeletionPolicy", settings.deletion.map(policy)),
        ("UpdateReplacePolicy", settings.replacement.map(policy)),
    ];
    all.into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
}
