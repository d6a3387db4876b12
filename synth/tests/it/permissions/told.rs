//! Resources of every type that AWS has, which nobody has named: what their rights reach beyond the environment is told.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use synth::permissions::{Grant, execution, unbound};
use synth::schema;
use synth::schema::iam::{self, Level};

use super::sample::{self, BOUNDARY, scope};

/// What IAM is asked besides the ARN that only this environment's things answer.
const OURS: [&str; 7] = [
    "aws:ResourceTag/system",
    "aws:RequestTag/system",
    "aws:ViaAWSService",
    "iam:AWSServiceName",
    "iam:PassedToService",
    "iam:PermissionsBoundary",
    "kms:ResourceAliases",
];

/// Whether an action changes something or shows a secret.
fn matters(action: &str) -> bool {
    let level = iam::action(action).and_then(|(_, known)| known.level);
    // A service's own role is nobody's.
    let shared = action == "iam:CreateServiceLinkedRole";
    !shared && (action == "secretsmanager:GetSecretValue" || !matches!(level, Some(Level::List | Level::Read)))
}

/// Whether an action can be on an ARN: actions stand beside others in a grant.
fn takes(action: &str, arn: &str) -> bool {
    let Some((service, known)) = iam::action(action) else {
        return false;
    };
    let kinds = known.resources.iter().filter_map(|name| service.resource(name));
    let mut shapes = kinds.flat_map(|kind| &kind.arns);
    shapes.any(|shape| open(shape) == open(arn))
}

/// An ARN or the shape of one with `*` for each variable.
fn open(shape: &str) -> String {
    let mut pieces = shape.split("${");
    let start = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(start, |text, piece| {
        text + "*" + piece.split_once('}').map_or("", |(_, after)| after)
    })
}

/// What a grant reaches of others, as actions with their resources.
fn reached(grant: &Grant) -> impl Iterator<Item = (&str, &str)> {
    let asks = grant
        .conditions
        .iter()
        .any(|condition| OURS.contains(&condition.key.as_str()));
    let wide = grant.resources.iter().filter(move |arn| {
        !asks && arn.contains('*') && !arn.contains("predict-api-prod-one-") && !arn.contains(":predict-api-prod-one")
    });
    wide.flat_map(|arn| {
        let actions = grant
            .actions
            .iter()
            .filter(|action| matters(action) && takes(action, arn));
        actions.map(|action| (action.as_str(), arn.as_str()))
    })
}

#[test]
fn what_an_unnamed_resource_of_any_type_reaches_of_others_is_told() {
    let mut untold: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for kind in schema::types() {
        let schema = schema::resource(kind).unwrap();
        if !schema.has_handlers() || schema.tags().is_none() {
            continue;
        }
        let property = schema.tags().map(|tags| tags.property).unwrap();
        let tags = json!([{ "Key": "system", "Value": "predict-api" }, { "Key": "environment", "Value": "prod" }]);
        let grants = execution(&[sample::one(kind, json!({ property: tags }))], &scope(), BOUNDARY).unwrap();
        let told: BTreeSet<_> = unbound(&scope(), &grants)
            .into_iter()
            .flat_map(|one| {
                let resources = one.resources;
                one.actions
                    .into_iter()
                    .flat_map(move |action| resources.clone().into_iter().map(move |arn| (action.clone(), arn)))
            })
            .collect();
        for (action, arn) in grants.iter().flat_map(reached) {
            if !told.contains(&(action.to_owned(), arn.to_owned())) {
                untold.entry(kind).or_default().insert(format!("{action} on {arn}"));
            }
        }
    }
    assert!(untold.is_empty(), "{untold:#?}");
}
