//! Who may do what inside of the cluster: groups whose rights manifests say, and people whose rights a policy of AWS's says.

use serde::Serialize;
use serde_json::Value as Json;

use super::cells;
use super::statements::needed_by;
use super::words::{code, each, list, plain};
use crate::model::System;
use crate::permissions::Rule;
use crate::render::{Part, Site, Whole};

/// Whoever the cluster knows, and what the groups may do.
#[derive(Serialize)]
pub(super) struct View {
    entries: Vec<Entry>,
    groups: Vec<Group>,
}

/// An access entry: a role of AWS's, and what it is in the cluster.
#[derive(Serialize)]
struct Entry {
    role: String,
    is: String,
}

#[derive(Serialize)]
struct Group {
    name: &'static str,
    rules: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    resource: String,
    names: String,
    verbs: String,
    why: String,
}

/// Nothing without a cluster.
pub(super) fn view(whole: &Whole<'_>, site: &Site<'_>) -> Option<View> {
    whole.system.kubernetes()?;
    let entries = site
        .of_type("AWS::EKS::AccessEntry")
        .map(|entry| self::entry(site, &entry["Properties"]));
    let groups = site.manifests.rules.iter().map(|(name, rules)| Group {
        name,
        rules: rules.iter().flat_map(|rule| lines(whole.system, rule)).collect(),
    });
    Some(View {
        entries: entries.collect(),
        groups: groups.collect(),
    })
}

fn entry(site: &Site<'_>, entry: &Json) -> Entry {
    let groups = each(&entry["KubernetesGroups"]);
    let policies = entry["AccessPolicies"].as_array().into_iter().flatten();
    let policies = policies.map(|policy| plain(&policy["PolicyArn"]));
    let names = policies.map(|arn| code(arn.rsplit('/').next().unwrap_or_default()));
    let names: Vec<String> = names.collect();
    Entry {
        role: code(&named(site, &plain(&entry["PrincipalArn"]))),
        is: if groups.is_empty() {
            format!("whatever AWS's policy {} allows, in the whole cluster", list(&names))
        } else {
            format!(
                "the group {}",
                list(&groups.iter().map(|name| code(name)).collect::<Vec<_>>())
            )
        },
    }
}

/// The name of a role: the end of its ARN, or what the stack that makes it calls it.
fn named(site: &Site<'_>, principal: &str) -> String {
    let made = principal.strip_prefix("${").and_then(|rest| rest.strip_suffix(".Arn}"));
    let Some(made) = made else {
        return principal.rsplit('/').next().unwrap_or_default().to_owned();
    };
    let mut all = site.parts.iter().flat_map(Part::resources);
    let role = all
        .find(|(id, _)| *id == made)
        .map(|(_, role)| plain(&role["Properties"]["RoleName"]));
    role.unwrap_or_else(|| made.to_owned())
}

fn lines(system: &System, rule: &Rule) -> Vec<Line> {
    let resource = match rule.group.as_str() {
        "" => code(&rule.resource),
        group => code(&format!("{}.{group}", rule.resource)),
    };
    let names: Vec<String> = rule.names.iter().map(|name| code(name)).collect();
    let names = if names.is_empty() {
        format!("all in `{}`", system.namespace())
    } else if rule.namespace.is_empty() {
        list(&names)
    } else {
        format!("{} in `{}`", list(&names), rule.namespace)
    };
    let verbs: Vec<&str> = rule.verbs.iter().map(String::as_str).collect();
    let columns = [
        vec![resource],
        vec![names],
        vec![verbs.join(", ")],
        cells::pack(needed_by(&rule.needed_by), ", "),
    ];
    let lines = cells::lines(&columns).into_iter();
    lines
        .map(|[resource, names, verbs, why]| Line {
            resource,
            names,
            verbs,
            why,
        })
        .collect()
}
