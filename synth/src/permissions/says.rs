//! What a text of a template says before it is deployed.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::things;
use super::world::{DATABASE_SECRET, FAR, Item, World, arn, flat, naming};
use crate::schema;
use crate::template::Stack;

/// More alternatives than this are not told apart.
const MANY: usize = 16;

impl<'a> World<'a> {
    /// What a text can say, with pseudo parameters as `Fn::Sub` takes them and `*` for what is not known yet.
    pub(super) fn texts(&self, stack: &'a Stack, json: &'a Json) -> BTreeSet<String> {
        self.texts_far(stack, json, 0).iter().map(|text| tidy(text)).collect()
    }

    pub(super) fn texts_far(&self, stack: &'a Stack, json: &'a Json, far: u8) -> BTreeSet<String> {
        let one = |text: &str| BTreeSet::from([text.to_owned()]);
        if let Some((item, attribute)) = self.target(stack, json, far) {
            return self.gives(item, attribute.as_deref(), far + 1);
        }
        let object = json
            .as_object()
            .filter(|map| map.len() == 1)
            .and_then(|map| map.iter().next());
        match (json, object) {
            _ if far > FAR => one("*"),
            (Json::String(text), _) if text.contains("{{resolve:") => one("*"),
            (Json::String(text), _) => one(text),
            (Json::Bool(_) | Json::Number(_), _) => one(&json.to_string()),
            (_, Some((name, value))) => match name.as_str() {
                "Ref" => one(&pseudo(stack, value.as_str().unwrap_or_default())),
                "Fn::Sub" => self.sub(stack, value, far),
                "Fn::Join" => self.join(stack, value, far),
                "Fn::If" => flat(json)
                    .into_iter()
                    .flat_map(|branch| self.texts_far(stack, branch, far + 1))
                    .collect(),
                "Fn::ImportValue" => match value.as_str().and_then(|name| self.exports.get(name)) {
                    Some((stack, value)) => self.texts_far(stack, value, far + 1),
                    None => one("*"),
                },
                _ => one("*"),
            },
            _ => one("*"),
        }
    }

    /// What `Ref` or `Fn::GetAtt` gives.
    fn gives(&self, item: Item<'a>, attribute: Option<&str>, far: u8) -> BTreeSet<String> {
        let identifier = schema::resource(item.kind).and_then(|schema| schema.primary_identifier().next());
        let asked = attribute.or(identifier).unwrap_or_default();
        let own = things::of(item.kind).and_then(|thing| thing.own.first());
        match own {
            _ if asked == "MasterUserSecret.SecretArn" => BTreeSet::from([arn(DATABASE_SECRET)]),
            Some((kind, _)) if is_arn(item.kind, asked) => self.arns_far(item, kind, far),
            _ if naming(item.kind) == Some(asked) || asked == "Name" => self.names(item, far),
            _ => match item.one(asked) {
                Some(value) => self.texts_far(item.stack, value, far),
                None => BTreeSet::from(["*".to_owned()]),
            },
        }
    }

    fn sub(&self, stack: &'a Stack, value: &'a Json, far: u8) -> BTreeSet<String> {
        let (text, variables) = match value {
            Json::Array(parts) => (parts.first().and_then(Json::as_str), parts.get(1)),
            other => (other.as_str(), None),
        };
        let mut pieces = text.unwrap_or("*").split("${");
        let mut texts = BTreeSet::from([pieces.next().unwrap_or_default().to_owned()]);
        for piece in pieces {
            let (name, after) = piece.split_once('}').unwrap_or((piece, ""));
            let values = if let Some(literal) = name.strip_prefix('!') {
                BTreeSet::from([format!("${{{literal}}}")])
            } else if let Some(value) = variables.and_then(|variables| variables.get(name)) {
                self.texts_far(stack, value, far + 1)
            } else {
                let (id, attribute) = name.split_once('.').map_or((name, None), |(id, rest)| (id, Some(rest)));
                match Self::item(stack, id).filter(|_| far < FAR) {
                    Some(item) => self.gives(item, attribute, far + 1),
                    None => BTreeSet::from([pseudo(stack, name)]),
                }
            };
            texts = product(&texts, &values.iter().map(|value| format!("{value}{after}")).collect());
        }
        texts
    }

    fn join(&self, stack: &'a Stack, value: &'a Json, far: u8) -> BTreeSet<String> {
        let delimiter = value.get(0).and_then(Json::as_str).unwrap_or_default();
        let Some(Json::Array(items)) = value.get(1) else {
            return BTreeSet::from(["*".to_owned()]);
        };
        let mut texts = BTreeSet::from([String::new()]);
        for (index, item) in items.iter().enumerate() {
            let before = if index == 0 { "" } else { delimiter };
            let values = self.texts_far(stack, item, far + 1);
            texts = product(&texts, &values.iter().map(|value| format!("{before}{value}")).collect());
        }
        texts
    }
}

/// Whether an attribute is the ARN of the resource itself.
fn is_arn(kind: &str, attribute: &str) -> bool {
    let named = !attribute.contains('.') && attribute.to_ascii_lowercase().ends_with("arn");
    // The identifier of a secret is its ARN.
    named || kind == "AWS::SecretsManager::Secret" && attribute == "Id"
}

fn pseudo(stack: &Stack, name: &str) -> String {
    match name {
        "AWS::Partition" | "AWS::Region" | "AWS::AccountId" => format!("${{{name}}}"),
        "AWS::StackName" => stack.name.to_string(),
        _ => "*".to_owned(),
    }
}

pub(super) fn product(before: &BTreeSet<String>, after: &BTreeSet<String>) -> BTreeSet<String> {
    if before.len() * after.len() > MANY {
        return before.iter().map(|text| format!("{text}*")).collect();
    }
    before
        .iter()
        .flat_map(|text| after.iter().map(move |more| format!("{text}{more}")))
        .collect()
}

/// A run of `*` says no more than one.
pub(super) fn tidy(text: &str) -> String {
    // Looking costs much less than replacing, and there is mostly nothing to replace.
    if !text.contains("**") && !text.contains("*-??????") {
        return text.to_owned();
    }
    let mut out = text.replace("*-??????", "*");
    while out.contains("**") {
        out = out.replace("**", "*");
    }
    out
}
