//! Reads references out of templates, by a reader of its own: not the one that the checks use.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

/// What is wrong with the references of templates that are deployed in this order.
pub(crate) fn dangling<'a>(templates: impl IntoIterator<Item = (&'a str, &'a Json)>) -> Vec<String> {
    let mut exports = BTreeSet::new();
    let mut wrong = Vec::new();
    for (name, template) in templates {
        let names = Names::of(template);
        for problem in names.problems(template, &exports) {
            wrong.push(format!("{name}: {problem}"));
        }
        let outputs = template["Outputs"].as_object().into_iter().flatten();
        for export in outputs.filter_map(|(_, output)| output["Export"]["Name"].as_str()) {
            if !exports.insert(export.to_owned()) {
                wrong.push(format!("{name}: exports {export} again"));
            }
        }
    }
    wrong
}

/// What can be referred to in a template.
struct Names {
    resources: BTreeMap<String, String>,
    parameters: BTreeSet<String>,
    conditions: BTreeSet<String>,
}

impl Names {
    fn of(template: &Json) -> Self {
        let keys = |section: &str| {
            template[section]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(key, _)| key.clone())
                .collect()
        };
        let resources = template["Resources"].as_object().into_iter().flatten();
        Self {
            resources: resources
                .map(|(id, resource)| (id.clone(), resource["Type"].as_str().unwrap_or_default().to_owned()))
                .collect(),
            parameters: keys("Parameters"),
            conditions: keys("Conditions"),
        }
    }

    fn is_value(&self, name: &str) -> bool {
        name.starts_with("AWS::") || self.parameters.contains(name) || self.resources.contains_key(name)
    }

    fn problems(&self, template: &Json, exports: &BTreeSet<String>) -> Vec<String> {
        let mut problems = Vec::new();
        for (id, resource) in template["Resources"].as_object().into_iter().flatten() {
            let after = &resource["DependsOn"];
            let after = after.as_array().cloned().unwrap_or_else(|| vec![after.clone()]);
            let unknown = after
                .iter()
                .filter_map(Json::as_str)
                .filter(|id| !self.resources.contains_key(*id));
            problems.extend(unknown.map(|other| format!("{id} is made after {other}")));
            if let Some(condition) = resource["Condition"]
                .as_str()
                .filter(|name| !self.conditions.contains(*name))
            {
                problems.push(format!("{id} hangs on {condition}"));
            }
            self.visit(&resource["Properties"], exports, &mut problems);
        }
        self.visit(&template["Conditions"], exports, &mut problems);
        self.visit(&template["Outputs"], exports, &mut problems);
        problems
    }

    fn visit(&self, json: &Json, exports: &BTreeSet<String>, problems: &mut Vec<String>) {
        if let Some((name, argument)) = function(json) {
            problems.extend(
                self.call(name, argument, exports)
                    .map(|problem| format!("{name} {problem}")),
            );
        }
        let (list, map) = (json.as_array(), json.as_object());
        let inside = list
            .into_iter()
            .flatten()
            .chain(map.into_iter().flat_map(serde_json::Map::values));
        inside.for_each(|inner| self.visit(inner, exports, problems));
    }

    /// What is wrong with a call of a function.
    fn call(&self, name: &str, argument: &Json, exports: &BTreeSet<String>) -> Option<String> {
        match name {
            "Ref" => argument.as_str().filter(|name| !self.is_value(name)).map(str::to_owned),
            "Fn::GetAtt" => self.attribute(argument[0].as_str()?, argument[1].as_str()?),
            "Fn::ImportValue" => argument
                .as_str()
                .filter(|name| !exports.contains(*name))
                .map(str::to_owned),
            "Fn::If" => argument[0]
                .as_str()
                .filter(|name| !self.conditions.contains(*name))
                .map(str::to_owned),
            "Fn::Sub" => {
                let text = argument.as_str().or_else(|| argument[0].as_str())?;
                variables(text).find_map(|variable| match variable.split_once('.') {
                    _ if !argument[1][variable].is_null() => None,
                    Some((id, attribute)) => self.attribute(id, attribute),
                    None => (!self.is_value(variable)).then(|| variable.to_owned()),
                })
            }
            _ => None,
        }
    }

    /// The attributes are those of the schema, which the handles are generated from.
    fn attribute(&self, id: &str, attribute: &str) -> Option<String> {
        let wrong = attribute.is_empty() || !self.resources.contains_key(id);
        wrong.then(|| format!("{id}.{attribute}"))
    }
}

/// The one key of an object that is a call.
fn function(json: &Json) -> Option<(&str, &Json)> {
    let map = json.as_object().filter(|map| map.len() == 1)?;
    map.iter().next().map(|(name, argument)| (name.as_str(), argument))
}

/// The variables of a text, without those that are escaped.
fn variables(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split("${").skip(1).filter(|piece| !piece.starts_with('!'));
    pieces.filter_map(|piece| piece.split_once('}').map(|(name, _)| name))
}

#[test]
fn a_reference_to_nothing_is_seen() {
    let template = serde_json::json!({
        "Resources": { "A": { "Type": "T", "DependsOn": "X", "Properties": {
            "One": { "Ref": "B" }, "Two": { "Fn::Sub": "${A} ${C.Arn} ${!D}" }, "Three": { "Fn::ImportValue": "e" }
        } } }
    });
    assert_eq!(
        dangling([("t", &template)]),
        [
            "t: A is made after X",
            "t: Ref B",
            "t: Fn::Sub C.Arn",
            "t: Fn::ImportValue e"
        ]
    );
}
