//! The types of SAM: a transform makes AWS's types of them, so that those decide.

use crate::review::differ::{Difference, Step};
use crate::review::verdict::{Effect, Reason, Source};
use crate::schema::sam;

/// The properties of SAM's own that replace what it makes, and the property that they become.
const REPLACES: &[(&str, &str, &str)] = &[
    ("AWS::Serverless::Function", "FunctionName", "FunctionName"),
    ("AWS::Serverless::Function", "PackageType", "PackageType"),
    ("AWS::Serverless::SimpleTable", "TableName", "TableName"),
    ("AWS::Serverless::SimpleTable", "PrimaryKey", "KeySchema"),
    ("AWS::Serverless::StateMachine", "Name", "StateMachineName"),
    ("AWS::Serverless::StateMachine", "Type", "StateMachineType"),
    ("AWS::Serverless::HttpApi", "ProtocolType", "ProtocolType"),
];

/// What a difference in the properties of one of SAM's types does.
pub(super) fn of(kind: &str, difference: &Difference) -> (Effect, Vec<Reason>) {
    let Some(Step::Key(property)) = difference.path.first() else {
        return (Effect::Update, Vec::new());
    };
    let Some(made) = sam::of(kind).and_then(|of| of.becomes) else {
        let text = format!("the transform of SAM decides what becomes of `{kind}`");
        return (Effect::Update, vec![Reason::new(Source::Transform, text)]);
    };
    // SAM puts a hash of the properties into the logical id.
    if kind == "AWS::Serverless::LayerVersion" {
        let text = "SAM makes a new version of the layer of every change";
        return (Effect::Replace, vec![Reason::new(Source::Transform, text)]);
    }
    let replaces = REPLACES.iter().find(|(of, name, _)| *of == kind && name == property);
    let (effect, text) = match replaces {
        Some((_, _, real)) => (
            Effect::Replace,
            format!("SAM makes `{made}` of it, of which `{real}` is create-only"),
        ),
        None => (Effect::Update, format!("SAM makes `{made}` of it, which it updates")),
    };
    (effect, vec![Reason::new(Source::Transform, text)])
}
