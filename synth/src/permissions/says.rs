//! What a text of a template says before it is deployed.
//!
//! These templates are no text yet, and what is asked of a text is other than what a rule asks: which names it can have
//! where every resource of every stack has its own, `*` where nobody knows. So the functions are read by
//! [`crate::read::template::json`], and what they lead to is known here.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::item::Item;
use super::texts::{product, tidy};
use super::things::{self, DATABASE_SECRET, arn, naming};
use super::world::{FAR, World};
use crate::read::template::function::Part;
use crate::read::template::json::{self, values};
use crate::read::template::shape::is_dynamic;
use crate::schema;
use crate::template::Stack;

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
        match (json, json::function(json)) {
            _ if far > FAR => one("*"),
            (Json::String(text), _) if is_dynamic(text) => one("*"),
            (Json::String(text), _) => one(text),
            (Json::Bool(_) | Json::Number(_), _) => one(&json.to_string()),
            (_, Some(("Ref", name))) => one(&pseudo(stack, name.as_str().unwrap_or_default())),
            (_, Some(("Fn::Sub", argument))) => self.sub(stack, argument, far),
            (_, Some(("Fn::Join", argument))) => self.join(stack, argument, far),
            (_, Some(("Fn::If", _))) => values(json)
                .into_iter()
                .flat_map(|branch| self.texts_far(stack, branch, far + 1))
                .collect(),
            (_, Some(("Fn::ImportValue", name))) => match name.as_str().and_then(|name| self.exports.get(name)) {
                Some((stack, value)) => self.texts_far(stack, value, far + 1),
                None => one("*"),
            },
            _ => one("*"),
        }
    }

    /// What `Ref` or `Fn::GetAtt` gives.
    fn gives(&self, item: Item<'a>, attribute: Option<&str>, far: u8) -> BTreeSet<String> {
        let identifier = schema::resource(item.kind).and_then(|schema| schema.primary_identifier().next());
        let asked = attribute.or(identifier).unwrap_or_default();
        if let Some(issued) = things::issued(item.kind, asked) {
            return BTreeSet::from([issued.to_owned()]);
        }
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
        let Some((parts, variables)) = json::sub(value) else {
            return BTreeSet::from(["*".to_owned()]);
        };
        let mut texts = BTreeSet::from([String::new()]);
        for part in parts {
            let said = match part {
                Part::Text(text) => BTreeSet::from([text.to_owned()]),
                Part::Escaped(name) => BTreeSet::from([format!("${{{name}}}")]),
                Part::Name(name) => self.named_in_text(stack, name, variables, far),
            };
            texts = product(&texts, &said);
        }
        texts
    }

    fn named_in_text(&self, stack: &'a Stack, name: &str, variables: Option<&'a Json>, far: u8) -> BTreeSet<String> {
        if let Some(value) = variables.and_then(|variables| variables.get(name)) {
            return self.texts_far(stack, value, far + 1);
        }
        let (id, attribute) = name.split_once('.').map_or((name, None), |(id, rest)| (id, Some(rest)));
        match Item::of(stack, id).filter(|_| far < FAR) {
            Some(item) => self.gives(item, attribute, far + 1),
            None => BTreeSet::from([pseudo(stack, name)]),
        }
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
