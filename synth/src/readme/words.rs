//! Words: how values read in a sentence or in the cell of a table.

use serde_json::Value as Json;

use crate::model::System;
use crate::monitoring::cloudwatch::On;

/// `1 zone`, `3 zones`.
pub(super) fn count(number: u32, thing: &str) -> String {
    match number {
        1 => format!("1 {thing}"),
        _ => format!("{number} {thing}s"),
    }
}

/// What one copy of the service is called: a task of ECS, a pod of a cluster.
pub(super) fn copy(system: &System) -> &'static str {
    On::of(system).unit()
}

/// Several of them, at the beginning of a line.
pub(super) fn copies(system: &System) -> String {
    match On::of(system) {
        On::Tasks => "Tasks".to_owned(),
        On::Pods => "Pods".to_owned(),
    }
}

/// `a, b and c`.
pub(super) fn list<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => "nothing".to_owned(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

/// A text as code.
pub(super) fn code(text: &str) -> String {
    format!("`{text}`")
}

/// A text that can stand in the cell of a table.
pub(super) fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// A value of a template, as a reader names it: `${Topic}`, `${Queue.Arn}`, a text with `${…}` in it. It is named, not
/// worked out: what it comes to shows only where it is deployed.
pub(super) fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Object(map) => match map.iter().next() {
            Some((name, of)) if name == "Ref" => format!("${{{}}}", plain(of)),
            Some((name, Json::Array(parts))) if name == "Fn::GetAtt" => {
                let parts: Vec<String> = parts.iter().map(plain).collect();
                format!("${{{}}}", parts.join("."))
            }
            Some((name, Json::Array(parts))) if name == "Fn::Sub" => parts.first().map(plain).unwrap_or_default(),
            Some((name, of)) if name == "Fn::Sub" || name == "Fn::ImportValue" => plain(of),
            Some((name, Json::Array(parts))) if name == "Fn::If" => parts.get(1).map(plain).unwrap_or_default(),
            _ => value.to_string(),
        },
        other => other.to_string(),
    }
}

/// A value that is one or a list of them.
pub(super) fn each(value: &Json) -> Vec<String> {
    match value {
        Json::Null => Vec::new(),
        Json::Array(values) => values.iter().map(plain).collect(),
        one => vec![plain(one)],
    }
}
