//! What a validator objects to, in words.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::Value as Json;

use super::compile::compile;
use super::doubt::uncertain;
use super::presence;
use super::prune::Pruned;
use super::says;
use super::version::{self, Listed};
use super::words::{listed, words};
use super::{Case, instance};
use crate::read::template::known::Sure;
use crate::read::template::{Resource, function};
use crate::read::{Entry, Node, Step};
use crate::schema::{ResourceSchema, Rule};

/// In which way a schema is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Broken {
    /// A property that does not exist.
    Unknown,
    /// A property that must be there is not.
    Missing,
    /// A list where a string belongs.
    Type,
    /// A value that is not one of those allowed.
    Value,
    /// Properties that do not go together.
    Combination,
}

/// One place where a resource breaks its schema.
#[derive(Debug)]
pub struct Violation<'a> {
    /// In which way.
    pub broken: Broken,
    /// The value.
    pub node: &'a Node,
    /// Its key, if the key is what is wrong.
    pub entry: Option<&'a Entry>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Whether AWS takes it all the same.
    pub mild: bool,
    /// How surely the value is known.
    pub sure: Sure,
}

impl Violation<'_> {
    /// The same objection in several scenarios is one.
    pub(super) fn identity(&self) -> (usize, String) {
        (std::ptr::from_ref(self.node).addr(), self.message.clone())
    }
}

/// A resource without properties lacks those that it must have.
pub(super) fn without_properties<'a>(schema: &ResourceSchema, resource: &Resource<'a>, found: &mut Vec<Violation<'a>>) {
    let required = schema.root().required();
    found.extend(required.map(|name| missing(resource, name, schema.name())));
}

/// A top-level property that is not there.
pub(super) fn missing<'a>(resource: &Resource<'a>, name: &str, subject: &str) -> Violation<'a> {
    Violation {
        broken: Broken::Missing,
        node: &resource.entry.value,
        entry: Some(resource.entry),
        message: format!("{subject} needs `{name}`"),
        help: None,
        mild: false,
        sure: Sure::Written,
    }
}

/// Compiles a schema and holds it against every case.
pub(super) fn judge<'a>(
    schema: &ResourceSchema,
    pruned: &Pruned,
    rule: Option<&Rule<'_>>,
    cases: &[&Case<'a, '_>],
    found: &mut Vec<Violation<'a>>,
) {
    let Some(validator) = compile(&pruned.schema) else {
        return;
    };
    let path = rule.map_or("", |rule| rule.path);
    for case in cases {
        for (base, value) in places(&case.json, path) {
            for error in validator.iter_errors(value) {
                let mut place = base.clone();
                place.extend(steps(&error));
                if presence::uncertain(case, &place, &error) || uncertain(&pruned.schema, &error, value) {
                    continue;
                }
                found.extend(explain(schema, case, &place, &error, rule));
            }
        }
    }
}

/// The values at a path with the way to each.
fn places<'v>(value: &'v Json, path: &str) -> Vec<(Vec<Step>, &'v Json)> {
    let mut here = vec![(Vec::new(), value)];
    for step in path.split('/').filter(|step| !step.is_empty()) {
        let mut next = Vec::new();
        for (base, value) in here {
            let mut push = |step: Step, value: &'v Json| {
                let mut base: Vec<Step> = base.clone();
                base.push(step);
                next.push((base, value));
            };
            match value {
                Json::Array(items) if step == "*" => {
                    items.iter().enumerate().for_each(|(at, item)| push(at.into(), item));
                }
                Json::Object(map) if step == "*" => {
                    map.iter().for_each(|(key, value)| push(Step::Key(key.clone()), value));
                }
                Json::Object(map) => {
                    map.get(step).into_iter().for_each(|value| push(step.into(), value));
                }
                _ => {}
            }
        }
        here = next;
    }
    here
}

pub(super) fn steps(error: &ValidationError<'_>) -> Vec<Step> {
    let segments = error.instance_path().iter();
    segments
        .map(|segment| match segment {
            jsonschema::paths::LocationSegment::Property(key) => Step::Key(key.to_string()),
            jsonschema::paths::LocationSegment::Index(index) => Step::Index(index),
        })
        .collect()
}

fn explain<'a>(
    schema: &ResourceSchema,
    case: &Case<'a, '_>,
    place: &[Step],
    error: &ValidationError<'_>,
    rule: Option<&Rule<'_>>,
) -> Vec<Violation<'a>> {
    let locate = |place: &[Step]| instance::locate(case.properties, case.template, &case.scenario, place);
    let (node, entry) = locate(place);
    let says = rule.and_then(|rule| says::sentence(rule.id, rule.says));
    let subject = subject(schema, place);
    if let Kind::AdditionalProperties { unexpected } = error.kind() {
        let unknown = |key: &String| {
            let place = [place, &[Step::Key(key.clone())]].concat();
            unknown(schema, &subject, &place, key, locate(&place))
        };
        return unexpected.iter().map(unknown).collect();
    }
    let Some((broken, message, new)) = wording(schema, place, error) else {
        return Vec::new();
    };
    if broken == Broken::Type && node.text().is_some() && packaged(schema.name(), last(place)) {
        return Vec::new();
    }
    let points_at_key = matches!(broken, Broken::Missing | Broken::Combination);
    let combined = rule.filter(|_| broken == Broken::Combination);
    let about = combined.and_then(|rule| node.map()?.entry(says::about(rule.id)?));
    let (node, entry) = about.map_or((node, entry), |about| (&about.value, Some(about)));
    let message = match &says {
        Some(says) if broken == Broken::Combination => format!("{subject}: {says}"),
        _ => message,
    };
    let help = says.filter(|_| broken != Broken::Combination);
    vec![Violation {
        broken,
        node,
        // Of a choice, the branch that is wrong is pointed at.
        entry: entry.filter(|entry| points_at_key && function::argument(&entry.value, "Fn::If").is_none()),
        message,
        help,
        sure: match broken {
            Broken::Type | Broken::Value => case.sure(node),
            Broken::Unknown | Broken::Missing | Broken::Combination => Sure::Written,
        },
        mild: new || rule.is_some_and(|rule| !rule.id.starts_with('E')),
    }]
}

/// What is wrong with a value for itself, at a place of its kind.
pub(super) fn of_value<'a>(
    schema: &ResourceSchema,
    place: &[Step],
    error: &ValidationError<'_>,
    node: &'a Node,
) -> Option<Violation<'a>> {
    let (broken, message, mild) = wording(schema, place, error)?;
    Some(Violation {
        broken,
        node,
        entry: None,
        message,
        help: None,
        mild,
        sure: Sure::Written,
    })
}

/// The name of the last property of a path.
fn last(place: &[Step]) -> Option<&str> {
    place.iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    })
}

fn subject(schema: &ResourceSchema, place: &[Step]) -> String {
    last(place).map_or_else(|| schema.name().to_owned(), |name| format!("`{name}`"))
}

/// In which way it is broken, what to say, and whether AWS may take it all the same; nothing if it is fine.
fn wording(schema: &ResourceSchema, place: &[Step], error: &ValidationError<'_>) -> Option<(Broken, String, bool)> {
    let name = last(place);
    let version = name.filter(|name| name.ends_with("Version"));
    let new = match version.and(version::listed(error)) {
        Some(Listed::Series) => return None,
        Some(Listed::Sibling) => true,
        Some(Listed::Never) | None => false,
    };
    let (broken, message) = words(error, &subject(schema, place));
    Some((broken, message, new))
}

/// Places where a path of a local file may stand until `aws cloudformation package` puts its place in S3 there.
fn packaged(kind: &str, name: Option<&str>) -> bool {
    matches!(
        (kind, name),
        ("AWS::ApiGateway::RestApi", Some("BodyS3Location"))
            | ("AWS::Lambda::Function", Some("Code"))
            | ("AWS::Lambda::LayerVersion", Some("Content"))
            | ("AWS::ElasticBeanstalk::ApplicationVersion", Some("SourceBundle"))
            | (
                "AWS::StepFunctions::StateMachine" | "AWS::AppSync::GraphQLSchema",
                Some("DefinitionS3Location")
            )
            | ("AWS::CodeCommit::Repository", Some("S3"))
            | ("AWS::CloudFormation::Stack", Some("TemplateURL"))
    )
}

fn unknown<'a>(
    schema: &ResourceSchema,
    subject: &str,
    place: &[Step],
    key: &str,
    (node, entry): (&'a Node, Option<&'a Entry>),
) -> Violation<'a> {
    let parent: Vec<String> = place[..place.len() - 1]
        .iter()
        .map(|step| match step {
            Step::Key(key) => key.clone(),
            Step::Index(index) => index.to_string(),
        })
        .collect();
    let path = parent.join("/");
    let around = if path.is_empty() {
        Some(schema.root())
    } else {
        schema.find(&path)
    };
    let names: Vec<&str> = around
        .map(|around| around.properties().map(|(name, _)| name).collect())
        .unwrap_or_default();
    let help = match around.and_then(|around| around.nearest_property(key)) {
        Some(near) => Some(format!("did you mean `{near}`?")),
        None if names.is_empty() => None,
        None if names.len() <= 12 => Some(format!("it has {}", listed(&names))),
        None => None,
    };
    let message = format!("{subject} has no property `{key}`");
    Violation {
        broken: Broken::Unknown,
        node,
        entry,
        message,
        help,
        mild: false,
        sure: Sure::Written,
    }
}
