use crate::checks::template::policy_document as document;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::branch::values;
use crate::read::template::known::Shape;
use crate::read::template::shape::is_open;
use crate::read::template::{Template, known};
use std::net::IpAddr;

use crate::read::{Block, Entry, Node};
use crate::schema::conditions::{self, Key, Kind};

pub(super) const RULE: Rule = Rule {
    name: "mismatched-operator",
    why: "A condition whose operator does not go with its key or its value never matches, or always does.",
    link: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Action: s3:GetObject
            Resource: arn:aws:s3:::pictures/*
            Condition: {StringEquals: {'aws:SourceIp': 10.0.0.0/8}}
",
    instead: r"
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Action: s3:GetObject
            Resource: arn:aws:s3:::pictures/*
            Condition: {IpAddress: {'aws:SourceIp': 10.0.0.0/8}}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, statement) in document::every_statement(set) {
        let allows = statement.get("Effect").and_then(Node::text) == Some("Allow");
        for (operator, key) in document::conditions(statement) {
            if let Some(operator) = Operator::of(&operator.key) {
                judge(template, &operator, key, allows, report);
            }
        }
    }
}

/// An operator in its parts.
struct Operator<'a> {
    text: &'a str,
    qualifier: Option<&'a str>,
    /// Without what stands before and behind it, in lower case.
    base: String,
    if_exists: bool,
}

impl<'a> Operator<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let (qualifier, rest) = match text.split_once(':') {
            Some((qualifier, rest)) => (Some(qualifier), rest),
            None => (None, text),
        };
        let base = rest.strip_suffix("IfExists");
        (!is_open(text)).then(|| Self {
            text,
            qualifier,
            base: base.unwrap_or(rest).to_ascii_lowercase(),
            if_exists: base.is_some(),
        })
    }

    /// What it compares; nothing for `Null`, texts and bytes, which can be anything.
    fn compares(&self) -> Option<Kind> {
        Some(match self.base.as_str() {
            "bool" => Kind::Boolean,
            "ipaddress" | "notipaddress" => Kind::Address,
            base if base.starts_with("numeric") => Kind::Number,
            base if base.starts_with("date") => Kind::Date,
            base if base.starts_with("arn") => Kind::Arn,
            _ => return None,
        })
    }
}

fn judge<'a>(template: &Template<'a>, operator: &Operator<'_>, key: &'a Entry, allows: bool, report: &mut Report<'a>) {
    if operator.base == "null" && operator.if_exists {
        report
            .key(
                key,
                "`Null` asks whether the key exists, so that `IfExists` cannot stand behind it",
            )
            .help("use `Null`");
        return;
    }
    let split = key.key.split_once(':').filter(|_| !is_open(&key.key));
    let found = split.and_then(|(prefix, name)| conditions::of(prefix)?.find(name));
    if let Some(found) = found {
        qualifier(operator, found, key, allows, report);
        if let (Some(wants), Some(is)) = (operator.compares(), found.kind)
            && !goes(
                wants,
                is,
                split.is_some_and(|(prefix, _)| prefix.eq_ignore_ascii_case("aws")),
                found,
            )
        {
            report.key(
                key,
                format!(
                    "`{}` compares with {}, and `{}` is {}",
                    operator.text,
                    wants.words(),
                    key.key,
                    is.words()
                ),
            );
            return;
        }
    }
    for value in values(&key.value) {
        if let Some(shape) = known::shape(template, value) {
            compared(operator, found, &shape, value, report);
        }
    }
}

/// Whether an operator goes with a key. What a service calls a text may well be a number or an ARN.
fn goes(wants: Kind, is: Kind, global: bool, key: &Key) -> bool {
    wants == is
        || matches!((wants, is), (Kind::Number, Kind::Date))
        || (is == Kind::Text && (!global || is_open(&key.name)))
}

/// A key with one value, or with several, and what stands before the operator.
fn qualifier<'a>(operator: &Operator<'_>, found: &Key, key: &'a Entry, allows: bool, report: &mut Report<'a>) {
    let all = operator
        .qualifier
        .is_some_and(|word| word.eq_ignore_ascii_case("ForAllValues"));
    if all && allows && found.many == Some(false) {
        report
            .key(
                key,
                format!("`{}` is true of requests without `{}`", operator.text, key.key),
            )
            .help("the key has one value; leave `ForAllValues:` out");
    } else if operator.qualifier.is_none() && found.many == Some(true) && operator.base != "null" {
        report
            .key(key, format!("`{}` can have several values in a request", key.key))
            .help(format!("use `ForAnyValue:{}` or `ForAllValues:{0}`", operator.text));
    }
}

/// A value that can never be equal to what the operator compares it with.
fn compared<'a>(
    operator: &Operator<'_>,
    found: Option<&Key>,
    shape: &Shape<'_>,
    value: &'a Node,
    report: &mut Report<'a>,
) {
    let whole = shape.whole();
    let wrong = match (operator.compares(), whole) {
        (Some(Kind::Arn), _) => !shape.begins_open() && !shape.start().starts_with(['a', '*', '?']),
        (Some(Kind::Number), Some(text)) => text.trim().parse::<f64>().is_err(),
        (Some(Kind::Date), Some(text)) => !is_date(text.trim()),
        (Some(Kind::Address), Some(text)) => !is_range(text.trim()),
        _ => false,
    };
    if let Some(kind) = operator.compares().filter(|_| wrong) {
        report.value(
            value,
            format!("`{}` compares with {}, found `{shape}`", operator.text, kind.words()),
        );
        return;
    }
    let equals = matches!(operator.base.as_str(), "stringequals" | "stringnotequals");
    let like = || format!("{}Like", operator.text.strip_suffix("Equals").unwrap_or("String"));
    if equals && shape.has("*") {
        report
            .value(
                value,
                format!("`{}` takes `*` for itself, not for any text", operator.text),
            )
            .help(format!("use `{}`", like()));
    } else if equals
        && let Some(text) = whole.filter(|text| text.contains('/'))
        && found.is_some_and(|key| key.kind == Some(Kind::Address))
    {
        report
            .value(value, format!("no address is equal to the text `{text}`"))
            .help("use `IpAddress` or `NotIpAddress`");
    }
}

/// `2026-10-20T12:00:00Z`, a part of it, or seconds since 1970.
fn is_date(text: &str) -> bool {
    let date = text.split(['T', ' ']).next().unwrap_or_default();
    let parts: Vec<&str> = date.split('-').collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.parse::<f64>().is_ok() || (parts.len() <= 3 && parts[0].len() == 4 && parts.iter().all(digits))
}

/// An address, or a range of them.
fn is_range(text: &str) -> bool {
    text.parse::<IpAddr>().is_ok() || Block::parse(text).is_some()
}
