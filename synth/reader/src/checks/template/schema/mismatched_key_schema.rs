use crate::checks::{Family, Level, Report, Rule, Set};
use std::collections::BTreeSet;

use crate::read::{Map, Node};

pub(super) const RULE: Rule = Rule {
    name: "mismatched-key-schema",
    why: "DynamoDB refuses a table that defines attributes which are in no key, or has keys of attributes that it does not define.",
    link: "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Cars:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: Id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
",
    instead: r"
Resources:
  Cars:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (_, table) in set.of("AWS::DynamoDB::Table") {
        let Some(properties) = table.properties else { continue };
        let open = properties.iter().any(|entry| entry.key.starts_with("Fn::"));
        if !open
            && let Some(entry) = properties
                .entry("KeySchema")
                .filter(|_| properties.get("AttributeDefinitions").is_none())
        {
            report.key(entry, "the attributes of the keys need `AttributeDefinitions`");
        }
        let Some((defined, used)) = names(properties) else {
            continue;
        };
        let Some(entry) = properties.entry("AttributeDefinitions") else {
            continue;
        };
        for name in used.difference(&defined) {
            report
                .key(entry, format!("the key attribute `{name}` is not defined"))
                .also_if(properties.entry("KeySchema"), "the keys of the table");
        }
        for name in defined.difference(&used) {
            report
                .key(entry, format!("the attribute `{name}` is in no key"))
                .also_if(properties.entry("KeySchema"), "the keys of the table")
                .help("only attributes of keys are defined; remove it");
        }
    }
}

/// The names that are defined and those that are used, if all of them are written out.
fn names(properties: &Map) -> Option<(BTreeSet<&str>, BTreeSet<&str>)> {
    let defined = attribute_names(properties.get("AttributeDefinitions")?)?;
    let mut used = attribute_names(properties.get("KeySchema")?)?;
    for indexes in ["GlobalSecondaryIndexes", "LocalSecondaryIndexes"] {
        let Some(node) = properties.get(indexes) else { continue };
        for index in node.list()? {
            used.extend(attribute_names(index.get("KeySchema")?)?);
        }
    }
    Some((defined, used))
}

fn attribute_names(node: &Node) -> Option<BTreeSet<&str>> {
    let names = node.list()?.iter();
    names.map(|item| item.get("AttributeName")?.text()).collect()
}
