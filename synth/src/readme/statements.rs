//! Statements of policies, as the lines of a table.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;

use super::cells;
use super::words::{code, each};
use crate::model::Account;
use crate::permissions::{self, Policy};

/// A line of a statement. What a statement allows, on what and why go on in lines without its name.
#[derive(Serialize)]
pub(super) struct Line {
    sid: String,
    actions: String,
    resources: String,
    why: String,
}

/// Conditions as a reader says them: `iam:PassedToService StringEquals ecs-tasks.amazonaws.com`.
pub(super) fn conditions(account: &Account, conditions: &Json) -> Vec<String> {
    let operators = conditions.as_object().into_iter().flatten();
    let each_key = operators.flat_map(|(operator, keys)| {
        let keys = keys.as_object().into_iter().flatten();
        keys.map(move |(key, values)| {
            // A claim of an issuer that only the deployment knows.
            let claim = key.strip_prefix("${").and_then(|key| Some(key.split_once("}:")?.1));
            let key = claim.unwrap_or(key);
            let values: Vec<String> = each(values).iter().map(|value| code(&short(account, value))).collect();
            format!("`{key}` {operator} {}", values.join(" or "))
        })
    });
    each_key.collect()
}

/// What a role's own policies allow.
pub(super) fn inline(account: &Account, role: &Json) -> Vec<Line> {
    let policies = role["Policies"].as_array().into_iter().flatten();
    let statements = policies.flat_map(|policy| {
        let statements = policy["PolicyDocument"]["Statement"].as_array().into_iter().flatten();
        statements.map(|statement| (policy["PolicyName"].as_str().unwrap_or_default(), statement))
    });
    let told = |(policy, statement): (&str, &Json)| {
        let mut actions: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for action in each(&statement["Action"]) {
            let (service, name) = action.split_once(':').unwrap_or(("", &action));
            actions.entry(service.to_owned()).or_default().push(name.to_owned());
        }
        let mut why = vec![format!("policy `{policy}`")];
        why.extend(
            conditions(account, &statement["Condition"])
                .iter()
                .map(|condition| only_where(condition)),
        );
        let resources = each(&statement["Resource"]);
        if resources.iter().any(|resource| resource == "*") {
            why.push(wide(permissions::NO_RESOURCE_LEVEL));
        }
        let sid = statement["Sid"].as_str().unwrap_or_default();
        lines(
            sid,
            &[actions_of(&actions), on(account, &resources), cells::pack(why, "<br>")],
        )
    };
    statements.flat_map(told).collect()
}

/// What computed policies allow.
pub(super) fn rows(account: &Account, policies: &[Policy]) -> Vec<Line> {
    let row = |row: &permissions::Row| {
        let conditions = row.conditions.iter();
        let conditions = conditions.map(|condition| only_where(&short(account, condition)));
        let reasons = row.reasons.iter().map(|reason| wide(reason));
        let needed = cells::pack(needed_by(&row.needed_by), ", ");
        let why = needed.into_iter().chain(cells::pack(conditions.chain(reasons), "<br>"));
        let columns = [
            actions_of(&row.actions),
            on(account, &row.resources),
            cells::join(why, "<br>"),
        ];
        lines(&row.sid, &columns)
    };
    policies.iter().flat_map(|policy| &policy.rows).flat_map(row).collect()
}

fn lines(sid: &str, columns: &[Vec<String>; 3]) -> Vec<Line> {
    let names = std::iter::once(code(sid)).chain(std::iter::repeat(String::new()));
    let line = |(sid, [actions, resources, why]): (String, [String; 3])| Line {
        sid,
        actions,
        resources,
        why,
    };
    names.zip(cells::lines(columns)).map(line).collect()
}

/// Steps with the workflows that have them: `Deploy the digest (release, rollback)`.
pub(super) fn needed_by<'a>(all_of_them: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    let mut all: Vec<(&str, Vec<&str>)> = Vec::new();
    for what in all_of_them {
        let (workflow, step) = what
            .split_once(" / ")
            .map_or((None, what.as_str()), |(workflow, step)| (Some(workflow), step));
        match all.iter_mut().find(|(known, _)| *known == step) {
            Some((_, workflows)) => workflows.extend(workflow),
            None => all.push((step, workflow.into_iter().collect())),
        }
    }
    let told = all.iter().map(|(step, workflows)| match workflows.as_slice() {
        [] => step.strip_prefix("AWS::").unwrap_or(step).to_owned(),
        workflows => format!("{step} ({})", workflows.join(", ")),
    });
    told.collect()
}

fn only_where(condition: &str) -> String {
    format!("only where {condition}")
}

/// Why there is a `*`. The two reasons that nearly all have are short, and explained once above the tables.
fn wide(reason: &str) -> String {
    match reason {
        permissions::NO_RESOURCE_LEVEL => "`*`: no resource level".to_owned(),
        permissions::CHOSEN_BY_AWS => "`*`: chosen by AWS".to_owned(),
        reason => format!("`*`: {reason}"),
    }
}

fn actions_of(actions: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let of = |(service, names): (&String, &Vec<String>)| cells::pack_after(service, names);
    cells::pack(actions.iter().flat_map(of), "<br>")
}

fn on(account: &Account, resources: &[String]) -> Vec<String> {
    cells::pack(resources.iter().map(|resource| code(&short(account, resource))), "<br>")
}

/// An ARN without what every ARN here has: `ecr:…:repository/predict-api`.
pub(super) fn short(account: &Account, text: &str) -> String {
    let (id, region) = (account.id.to_string(), account.region.as_str());
    let known = [
        ("${AWS::Partition}", account.region.partition()),
        ("${AWS::Region}", region),
        ("${AWS::AccountId}", id.as_str()),
        ("${AWS::URLSuffix}", account.region.domain()),
        (&format!("arn:{}:", account.region.partition()), ""),
        (&format!(":{region}:{id}:"), ":…:"),
        (&format!("::{id}:"), ":…:"),
    ];
    // Looking costs much less than replacing.
    known.iter().fold(text.to_owned(), |text, (from, to)| {
        if text.contains(from) {
            text.replace(from, to)
        } else {
            text
        }
    })
}
