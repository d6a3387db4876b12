//! Which things name which, and what follows from it for the keys that look at them.

use serde_json::Value as Json;

use super::resolve::{ACCOUNT, REGION};
use super::world::Thing;

/// Finds which things name which, by the values that their properties have: a name, an id, or an ARN in a longer text.
pub(super) fn all(things: &mut [Thing]) {
    let all: Vec<Vec<String>> = things
        .iter()
        .map(|thing| {
            let mut texts = Vec::new();
            strings(&thing.properties, &mut texts);
            texts
        })
        .collect();
    let is_named_in = |other: &Thing, text: &String| {
        let id = other.arn.rsplit('/').next().unwrap_or_default();
        let exact = *text == other.name || (!id.is_empty() && text == id);
        exact || (!other.arn.is_empty() && text.contains(&other.arn))
    };
    for (index, texts) in all.iter().enumerate() {
        let others = things.iter().enumerate().filter(|(at, _)| *at != index);
        let found =
            others.filter(|(_, other)| !other.name.is_empty() && texts.iter().any(|text| is_named_in(other, text)));
        let found: Vec<usize> = found.map(|(at, _)| at).collect();
        things[index].refers = found;
    }
    vpcs(things);
    aliases(things);
}

/// What is in a network has a key that says in which.
fn vpcs(things: &mut [Thing]) {
    let vpc = |things: &[Thing], thing: &Thing| {
        let mut found = thing.refers.iter().map(|other| &things[*other]);
        found
            .find(|other| other.kind == "AWS::EC2::VPC")
            .map(|vpc| vpc.arn.clone())
    };
    let found: Vec<_> = things.iter().map(|thing| vpc(things, thing)).collect();
    for (thing, vpc) in things.iter_mut().zip(found) {
        if thing.arn.contains(":ec2:") {
            thing.keys.extend(vpc.map(|vpc| ("ec2:Vpc".to_owned(), vec![vpc])));
        }
    }
}

fn strings(json: &Json, into: &mut Vec<String>) {
    match json {
        Json::String(text) => into.push(text.clone()),
        Json::Array(items) => items.iter().for_each(|item| strings(item, into)),
        Json::Object(map) => map.values().for_each(|item| strings(item, into)),
        _ => {}
    }
}

/// A key knows its aliases, and what runs in a cluster its cluster.
fn aliases(things: &mut [Thing]) {
    let pairs = things.iter().filter(|thing| thing.kind == "AWS::KMS::Alias");
    let pairs: Vec<(usize, String)> = pairs
        .flat_map(|alias| alias.refers.iter().map(|key| (*key, alias.name.clone())))
        .collect();
    for (key, alias) in pairs {
        things[key]
            .keys
            .entry("kms:ResourceAliases".into())
            .or_default()
            .push(alias);
    }
    for thing in things {
        if thing.kind == "AWS::ECS::Service" {
            let cluster = thing.properties["Cluster"].as_str().unwrap();
            let cluster = if cluster.starts_with("arn:") {
                cluster.to_owned()
            } else {
                format!("arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/{cluster}")
            };
            thing.keys.insert("ecs:cluster".into(), vec![cluster]);
        }
    }
}
