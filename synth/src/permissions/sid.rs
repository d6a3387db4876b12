//! Names of statements, made from what the statements are about.

use std::collections::BTreeSet;

use super::{Condition, Grant};

/// Longer names are cut, so that they do not eat the policy.
const LONGEST: usize = 48;

/// A name for each grant, in their order: letters and digits, no two alike, and the same for the same grants.
///
/// `EcrRepository`, `Ec2SubnetVpc`, `IamRoleIfPassedToService`; a second statement about the same is told apart by
/// an action. A name hangs on what the statement says, not on where it stands.
pub(super) fn names(grants: &[Grant]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    grants.iter().map(|grant| name(grant, &mut taken)).collect()
}

fn name(grant: &Grant, taken: &mut BTreeSet<String>) -> String {
    let about = about(grant);
    let plain = std::iter::once(about.clone());
    let acting = grant.actions.iter().map(|action| format!("{about}{}", verb(action)));
    let numbered = (2u32..).map(|number| format!("{about}{number}"));
    let free = plain.chain(acting).chain(numbered).find(|name| !taken.contains(name));
    let name = free.unwrap_or(about);
    taken.insert(name.clone());
    name
}

/// What a grant is about: services, kinds of resource, conditions.
fn about(grant: &Grant) -> String {
    let subjects: BTreeSet<(String, String)> = grant.resources.iter().map(|resource| subject(resource)).collect();
    let mut name = String::new();
    if subjects.iter().any(|(service, _)| service.is_empty()) {
        let actions = grant.actions.iter().filter_map(|action| action.split_once(':'));
        let services: BTreeSet<_> = actions.map(|(service, _)| pascal(service)).collect();
        name = services.into_iter().collect();
    }
    let mut last = "";
    for (service, kind) in &subjects {
        if service != last {
            name.push_str(service);
        }
        name.push_str(kind);
        last = service;
    }
    if name.len() > LONGEST {
        let services: BTreeSet<_> = subjects.iter().map(|(service, _)| service.as_str()).collect();
        name = format!("{}Several", services.into_iter().collect::<String>());
    }
    let conditions = grant.conditions.iter();
    conditions.fold(name, |name, condition| {
        format!("{name}If{}{}", key(condition), service(condition))
    })
}

fn subject(resource: &str) -> (String, String) {
    let parts: Vec<_> = resource
        .replace("AWS::", "")
        .splitn(6, ':')
        .map(str::to_owned)
        .collect();
    let [_, _, service, _, _, rest] = parts.as_slice() else {
        return (String::new(), "Anywhere".to_owned());
    };
    let kind = match parts[2].as_str() {
        "s3" => Some("bucket"),
        "sns" => Some("topic"),
        "sqs" => Some("queue"),
        _ => rest.split_once(['/', ':']).map(|(kind, _)| kind),
    };
    (
        pascal(service),
        pascal(kind.filter(|kind| !kind.contains(['$', '*'])).unwrap_or_default()),
    )
}

fn verb(action: &str) -> String {
    pascal(action.split_once(':').map_or(action, |(_, name)| name))
}

/// `PassedToService` of `iam:PassedToService`.
fn key(condition: &Condition) -> String {
    pascal(condition.key.rsplit([':', '/']).next().unwrap_or_default())
}

/// `EcsTasks` where a condition names one service.
fn service(condition: &Condition) -> String {
    let mut services = condition
        .values
        .iter()
        .filter_map(|value| value.strip_suffix(".amazonaws.com"));
    match (services.next(), services.next()) {
        (Some(one), None) => pascal(one.split_once(".$").map_or(one, |(service, _)| service)),
        _ => String::new(),
    }
}

fn pascal(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.fold(String::new(), |mut name, word| {
        let mut letters = word.chars();
        name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(letters.as_str());
        name
    })
}
