//! Resources of a user's own, past what the model offers.

use serde_json::Value as Json;

use super::{Error, Function, LogicalId, Node, Reference, Settings, StackName, Tagging, Template};
use crate::schema::{self, Kind, ResourceSchema};

/// A resource that a user adds to a stack. It gets the tags of the stack, and, where AWS would make up one that does not
/// tell whose it is, the name `STACK-id`; what the pipeline's roles need for it is computed as for all others.
#[derive(Clone, Debug, PartialEq)]
pub struct Addition {
    /// Its logical id: letters and digits.
    pub id: String,
    /// Its type, such as `AWS::SQS::Queue`.
    pub kind: String,
    /// Its properties as CloudFormation takes them. A `Ref` or `Fn::GetAtt` of `STACK/ID`, such as
    /// `network/EnvironmentKey`, leads into another stack of the environment, as `${STACK/ID}` and
    /// `${STACK/ID.ATTRIBUTE}` do in a `Fn::Sub`: the export and the import are made.
    pub properties: Json,
    /// Why it is there. It is rendered into its metadata.
    pub reason: String,
}

impl Template {
    /// Adds a resource of a user's own.
    ///
    /// # Errors
    ///
    /// [`Error::Addition`] if the type or a property is none of AWS's, [`Error::Duplicate`] if the id is taken.
    pub fn put(&mut self, addition: &Addition) -> Result<(), Error> {
        let stack = self.stack.to_string();
        let wrong = |problem: String| Error::Addition {
            stack: stack.clone(),
            id: addition.id.clone(),
            problem,
        };
        let schema = schema::resource(&addition.kind);
        let schema = schema.ok_or_else(|| wrong(format!("`{}` is not a type that AWS has", addition.kind)))?;
        let mut properties = Vec::new();
        for (name, value) in addition.properties.as_object().into_iter().flatten() {
            let known = schema.root().properties().find(|(known, _)| known == name);
            let (known, _) = known.ok_or_else(|| wrong(format!("`{}` has no `{name}`", addition.kind)))?;
            properties.push((known, node(value).map_err(wrong)?));
        }
        let id = LogicalId::new(&addition.id, "");
        if self.known.insert(id.clone(), self.resources.len()).is_some() {
            return Err(self.duplicate(id.as_str()));
        }
        let reason = Node::map([("added", Node::Text(addition.reason.clone()))]);
        let settings = Settings {
            metadata: vec![("synth".to_owned(), reason)],
            ..Settings::default()
        };
        self.push(&id, (schema.name(), tagging(schema)), properties, settings);
        Ok(())
    }
}

/// How a type takes tags, as far as they have the common form.
fn tagging(schema: &'static ResourceSchema) -> Tagging {
    let Some(tags) = schema.tags() else {
        return Tagging::None;
    };
    let Some(property) = schema.root().property(tags.property) else {
        return Tagging::None;
    };
    let is_common = |node: &schema::Node<'_>| node.property("Key").is_some() && node.property("Value").is_some();
    match property.items() {
        Some(items) if is_common(&items) => Tagging::List(tags.property),
        None if property.kinds().contains(&Kind::Object) => Tagging::Map(tags.property),
        _ => Tagging::None,
    }
}

/// A value as CloudFormation takes it, in which references may lead into other stacks by their names.
pub(super) fn node(json: &Json) -> Result<Node, String> {
    let nodes = |items: &[Json]| items.iter().map(node).collect::<Result<Vec<_>, _>>();
    match json {
        Json::Array(items) => Ok(Node::List(nodes(items)?)),
        Json::Object(map) => {
            if let Some(reference) = elsewhere(json)? {
                return Ok(Node::Function(Box::new(Function::Reference(reference))));
            }
            let pairs = map.iter().map(|(key, value)| Ok((key.clone(), node(value)?)));
            Ok(Node::Map(pairs.collect::<Result<_, String>>()?))
        }
        other => Ok(Node::from_json(other)),
    }
}

/// A reference to `STACK/ID`, which no logical id can look like.
fn elsewhere(json: &Json) -> Result<Option<Reference>, String> {
    let (target, attribute) = match (json["Ref"].as_str(), &json["Fn::GetAtt"]) {
        (Some(target), _) => (target, None),
        (None, Json::Array(parts)) => match parts.as_slice() {
            [Json::String(target), Json::String(attribute)] => (target.as_str(), Some(attribute.clone().into())),
            _ => return Ok(None),
        },
        (None, Json::String(text)) if text.contains('/') => match text.split_once('.') {
            Some((target, attribute)) => (target, Some(attribute.to_owned().into())),
            None => return Ok(None),
        },
        _ => return Ok(None),
    };
    let Some((stack, id)) = target.split_once('/') else {
        return Ok(None);
    };
    let stack = StackName::new(stack).map_err(|error| error.to_string())?;
    Ok(Some(Reference::Resource(stack, LogicalId::new(id, ""), attribute)))
}
