//! The right that a change asks for: to read the secrets that a container is given, or to carry a shell into it.

use serde_json::{Value as Json, json};

use super::elsewhere::named;
use crate::model::{Change, Override, Stack};
use crate::resources::place::Place;
use crate::resources::role::SECRETS_MANAGER;
use crate::template::{Error, Template};

/// The change of a role that a change of another resource asks for.
pub(super) fn right(
    here: (Place<'_>, Stack),
    template: &Template,
    given: &Override,
    change: &Change,
) -> Result<Option<Override>, Error> {
    let (Change::Set(path, value) | Change::Append(path, value)) = change else {
        return Ok(None);
    };
    if path == "EnableExecuteCommand" && *value == true {
        return Ok(Some(grant("TaskRole", "carry-shell", &carry_shell(), &given.reason)));
    }
    let sources = secrets(path, value);
    if sources.is_empty() {
        return Ok(None);
    }
    let statements = read(here, &sources).map_err(|problem| Error::OverridePath {
        stack: template.stack().to_string(),
        id: given.resource.clone(),
        path: path.clone(),
        problem,
    })?;
    let name = path.replace(|c: char| !c.is_ascii_alphanumeric(), "-").to_lowercase();
    let name = format!("read-own-{name}-{}", template.overrides().count());
    Ok(Some(grant("ExecutionRole", &name, &statements, &given.reason)))
}

fn grant(role: &str, name: &str, statements: &[Json], reason: &str) -> Override {
    let policy = json!({
        "PolicyName": name,
        "PolicyDocument": { "Version": "2012-10-17", "Statement": statements },
    });
    Override::append(role, "Policies", policy, reason)
}

/// No action of these takes a resource (Service authorization reference, Amazon Session Manager Message Gateway).
fn carry_shell() -> Vec<Json> {
    let actions = [
        "CreateControlChannel",
        "CreateDataChannel",
        "OpenControlChannel",
        "OpenDataChannel",
    ];
    let actions = actions.map(|action| format!("ssmmessages:{action}"));
    vec![json!({ "Sid": "CarryShell", "Effect": "Allow", "Action": actions, "Resource": "*" })]
}

/// Where a container's secrets come from, if that is what the path leads to.
fn secrets<'a>(path: &str, value: &'a Json) -> Vec<&'a Json> {
    let mut parts = path.split('.');
    let is_secrets = parts.next() == Some("ContainerDefinitions") && parts.nth(1) == Some("Secrets");
    let mut sources = Vec::new();
    if is_secrets {
        collect(value, path.ends_with(".ValueFrom"), &mut sources);
    }
    sources
}

/// What reading them takes, each with its key.
fn read(here: (Place<'_>, Stack), sources: &[&Json]) -> Result<Vec<Json>, String> {
    let mut statements = Vec::new();
    for (source, number) in sources.iter().zip(1..) {
        let (action, resource) = readable(source)?;
        let key = key(here, &resource);
        let sid = format!("ReadOwn{number}");
        statements.push(json!({ "Sid": sid, "Effect": "Allow", "Action": action, "Resource": resource }));
        statements.extend(key.map(|key| decrypt(&format!("DecryptOwn{number}"), &key)));
    }
    Ok(statements)
}

/// The key of a secret that the user added to the same stack: who reads the secret must be allowed to use its key.
fn key((place, stack): (Place<'_>, Stack), secret: &Json) -> Option<Json> {
    let id = secret["Ref"].as_str()?;
    let mut additions = place.system.additions.iter();
    let (.., found) = additions.find(|(environment, name, addition)| {
        let is_here = environment.as_ref().is_none_or(|name| *name == place.environment.name);
        is_here && *name == stack && addition.id == id
    })?;
    let key = &found.properties["KmsKeyId"];
    (!key.is_null()).then(|| named(place, key))
}

fn decrypt(sid: &str, key: &Json) -> Json {
    let through = json!({ "Fn::Sub": SECRETS_MANAGER });
    json!({
        "Sid": sid,
        "Effect": "Allow",
        "Action": "kms:Decrypt",
        "Resource": key,
        "Condition": { "StringEquals": { "kms:ViaService": through } },
    })
}

/// The values of all keys `ValueFrom`.
fn collect<'a>(value: &'a Json, is_source: bool, sources: &mut Vec<&'a Json>) {
    match value {
        Json::Object(map) if !is_source => {
            for (key, value) in map {
                collect(value, key == "ValueFrom", sources);
            }
        }
        Json::Array(items) => items.iter().for_each(|item| collect(item, false, sources)),
        source if is_source && !source.is_null() => sources.push(source),
        _ => {}
    }
}

/// What ECS must be allowed to read a secret: by its ARN, which may name a key of it, by the name of a parameter, or by a
/// reference (Amazon ECS API reference, `Secret`).
fn readable(source: &Json) -> Result<(&'static str, Json), String> {
    let (secret, parameter) = ("secretsmanager:GetSecretValue", "ssm:GetParameters");
    let text = match source {
        Json::String(text) => text,
        Json::Object(map) => {
            let (text, variables) = match &map.get("Fn::Sub") {
                Some(Json::String(text)) => (text, &Json::Null),
                Some(Json::Array(parts)) if let [Json::String(text), variables] = parts.as_slice() => (text, variables),
                _ => {
                    return match map.keys().next().map(String::as_str) {
                        Some("Ref" | "Fn::GetAtt" | "Fn::ImportValue") => Ok((secret, source.clone())),
                        _ => Err("does not say which secret it is: give its ARN, or a reference to it".to_owned()),
                    };
                }
            };
            // `${OwnSecret}:password::` is a key of the secret.
            return match text.strip_prefix("${").and_then(|rest| rest.split_once('}')) {
                Some((id, _)) if variables[id].is_object() => Ok((secret, variables[id].clone())),
                Some((id, _)) if !id.contains(':') => Ok((secret, json!({ "Ref": id }))),
                _ if variables.is_object() => Ok((secret, json!({ "Fn::Sub": [whole(text), variables] }))),
                _ => Ok((secret, json!({ "Fn::Sub": whole(text) }))),
            };
        }
        _ => return Err("is not a secret: give its ARN, or a reference to it".to_owned()),
    };
    match text.split(':').nth(2) {
        Some("secretsmanager") => Ok((secret, json!(whole(text)))),
        Some("ssm") => Ok((parameter, json!(text))),
        None => {
            let name = text.trim_start_matches('/');
            let arn = format!("arn:${{AWS::Partition}}:ssm:${{AWS::Region}}:${{AWS::AccountId}}:parameter/{name}");
            Ok((parameter, json!({ "Fn::Sub": arn })))
        }
        Some(_) => Err("is neither a secret nor a parameter: give the ARN of one".to_owned()),
    }
}

/// The ARN of a secret without the key, the stage and the version of it that may follow.
fn whole(arn: &str) -> String {
    // A variable of `Fn::Sub` has colons of its own.
    let mut depth = 0_usize;
    let mut colons = 0_usize;
    let end = arn.char_indices().find(|(_, c)| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ':' if depth == 0 => colons += 1,
            _ => {}
        }
        colons == 7
    });
    arn[..end.map_or(arn.len(), |(at, _)| at)].to_owned()
}
