//! Names of statements: what they are for.

use std::collections::BTreeSet;

use super::{Condition, Grant};
use crate::schema::iam::{self, Level};
use crate::template::Operator;

/// Longer names of what a statement is about are left out, so that they do not eat the policy.
const LONGEST: usize = 40;

/// A name for each grant, in their order: letters and digits, no two alike, and the same for the same grants.
///
/// A purpose, what it is about, and what a condition adds: `ManageEcsCluster`, `CreateEc2`, `UseKmsKeyViaSecretsmanager`,
/// `PassRoleToEcsTasks`. A second statement for the same is told apart by an action. A name hangs on what the statement
/// says, not on where it stands.
pub(super) fn names(grants: &[Grant]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    grants.iter().map(|grant| name(grant, &mut taken)).collect()
}

fn name(grant: &Grant, taken: &mut BTreeSet<String>) -> String {
    let about = if only(grant, "iam:PassRole") {
        "PassRole".to_owned()
    } else if only(grant, "iam:CreateServiceLinkedRole") {
        "MakeServiceLinkedRoles".to_owned()
    } else {
        format!("{}{}", purpose(grant), about(grant))
    };
    let plain = grant
        .conditions
        .iter()
        .fold(about, |name, condition| name + &when(condition));
    let acting = grant.actions.iter().map(|action| format!("{plain}{}", verb(action)));
    let numbered = (2u32..).map(|number| format!("{plain}{number}"));
    let mut free = std::iter::once(plain.clone()).chain(acting).chain(numbered);
    let name = free.find(|name| !taken.contains(name)).unwrap_or(plain);
    taken.insert(name.clone());
    name
}

fn only(grant: &Grant, action: &str) -> bool {
    grant.actions.iter().eq([action])
}

/// What a statement lets somebody do, in a word.
fn purpose(grant: &Grant) -> &'static str {
    let level = |action: &String| iam::action(action).and_then(|(_, action)| action.level);
    let all = |levels: &[Level]| {
        grant
            .actions
            .iter()
            .all(|action| level(action).is_some_and(|level| levels.contains(&level)))
    };
    let asks = |of: &str| grant.conditions.iter().any(|condition| condition.key.starts_with(of));
    let uses = grant.actions.iter().all(|action| action.starts_with("kms:"))
        && (asks("kms:ResourceAliases") || asks("kms:ViaService"));
    match () {
        () if all(&[Level::Read, Level::List]) => "Read",
        () if all(&[Level::Tagging]) => "Tag",
        () if asks("aws:RequestTag/") => "Create",
        () if uses => "Use",
        () => "Manage",
    }
}

/// What a grant is about: services and kinds of resource.
fn about(grant: &Grant) -> String {
    let subjects: BTreeSet<(String, String)> = grant.resources.iter().map(|resource| subject(resource)).collect();
    let actions = grant.actions.iter().filter_map(|action| action.split_once(':'));
    let services: BTreeSet<_> = actions.map(|(service, _)| pascal(service)).collect();
    if subjects.iter().any(|(service, _)| service.is_empty()) {
        return if services.len() > 2 {
            "Several".to_owned()
        } else {
            services.into_iter().collect()
        };
    }
    let mut name = String::new();
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
        name = services.into_iter().collect();
    }
    name
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

/// What a condition adds to a name. Those that bind nearly every statement to its environment or region say nothing new.
fn when(condition: &Condition) -> String {
    let key = condition.key.as_str();
    let tells_whose = [
        "aws:ResourceTag/",
        "aws:RequestTag/",
        "aws:RequestedRegion",
        "kms:ResourceAliases",
        "iam:AWSServiceName",
    ];
    if tells_whose.iter().any(|known| key.starts_with(known)) {
        return if key.starts_with("aws:ResourceTag/aws:rds:") {
            "OfDatabase".to_owned()
        } else {
            String::new()
        };
    }
    match key {
        "iam:PassedToService" => format!("To{}", service(condition)),
        "kms:ViaService" => format!("Via{}", service(condition)),
        "aws:ViaAWSService" => "ViaService".to_owned(),
        "iam:PermissionsBoundary" => "InBoundary".to_owned(),
        "cloudformation:ImportResourceTypes" if condition.operator == Operator::Null => "WithoutImports".to_owned(),
        _ => format!(
            "If{}{}",
            pascal(key.rsplit([':', '/']).next().unwrap_or_default()),
            service(condition)
        ),
    }
}

/// `EcsTasks` where a condition names one service.
fn service(condition: &Condition) -> String {
    let mut services = condition
        .values
        .iter()
        .filter_map(|value| value.strip_suffix(".amazonaws.com"));
    match (services.next(), services.next()) {
        (Some(one), None) => pascal(one.split_once(".$").map_or(one, |(service, _)| service)),
        (Some(_), Some(_)) => "Services".to_owned(),
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
