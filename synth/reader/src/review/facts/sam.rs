//! The types of SAM: a transform makes AWS's types of them, so that those decide.

use crate::review::differ::{Difference, Step, dotted, is_within};
use crate::review::verdict::{Effect, Reason, Source};
use crate::schema::{self, sam};

/// The properties of SAM's own that replace what it makes: the type, the property, what SAM makes and its property.
const REPLACES: &[(&str, &str, &str, &str)] = &[
    ("SimpleTable", "PrimaryKey", "AWS::DynamoDB::Table", "KeySchema"),
    (
        "StateMachine",
        "Name",
        "AWS::StepFunctions::StateMachine",
        "StateMachineName",
    ),
    (
        "StateMachine",
        "Type",
        "AWS::StepFunctions::StateMachine",
        "StateMachineType",
    ),
];

/// The same for what SAM makes beside the resource itself.
const REPLACES_BESIDE: &[(&str, &str, &str, &str)] = &[
    ("Api", "StageName", "AWS::ApiGateway::Stage", "StageName"),
    ("Api", "Domain.DomainName", "AWS::ApiGateway::DomainName", "DomainName"),
    ("HttpApi", "StageName", "AWS::ApiGatewayV2::Stage", "StageName"),
    (
        "HttpApi",
        "Domain.DomainName",
        "AWS::ApiGatewayV2::DomainName",
        "DomainName",
    ),
    ("Function", "AutoPublishAlias", "AWS::Lambda::Alias", "Name"),
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
    let word = kind.rsplit(':').next().unwrap_or_default();
    let path = dotted(&difference.path);
    let one = |table: &'static [(&str, &str, &str, &str)], effect: Effect| {
        let known = table
            .iter()
            .find(|(of, name, ..)| *of == word && is_within(&path, name));
        known.map(|(_, _, made, real)| {
            let text = format!("SAM makes `{made}` of it, of which `{real}` is create-only");
            (effect, vec![Reason::new(Source::Transform, text)])
        })
    };
    let known = one(REPLACES, Effect::Replace).or_else(|| one(REPLACES_BESIDE, Effect::MayReplace));
    known.unwrap_or_else(|| passed_on(made, property, difference))
}

/// What a property does that SAM hands on to what it makes under the same name.
fn passed_on(made: &str, property: &str, difference: &Difference) -> (Effect, Vec<Reason>) {
    let has = schema::resource(made).is_some_and(|schema| schema.root().property(property).is_some());
    let (effect, reasons) = if has {
        super::of(made, difference)
    } else {
        (Effect::Update, Vec::new())
    };
    if effect == Effect::Update {
        let text = format!("SAM makes `{made}` of it, which it updates");
        return (effect, vec![Reason::new(Source::Transform, text)]);
    }
    let reasons = reasons.into_iter().map(|reason| {
        let text = format!("SAM makes `{made}` of it; {}", reason.text);
        Reason::new(Source::Transform, text)
    });
    (effect, reasons.collect())
}
