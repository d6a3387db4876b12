//! Who a policy is about.

use crate::checks::Report;
use crate::read::template::branch::values;
use crate::read::template::{Template, function, known};
use crate::read::{Kind, Node};

const KINDS: [&str; 4] = ["AWS", "CanonicalUser", "Federated", "Service"];

/// Reports principals that IAM does not take.
pub(super) fn check<'a>(template: &Template<'a>, node: &'a Node, report: &mut Report<'a>) {
    if function::of(node).is_some() {
        return;
    }
    match &node.kind {
        Kind::Text(text) if text == "*" => {}
        Kind::Null => {}
        Kind::Map(map) => {
            for entry in map.iter().filter(|entry| !entry.key.starts_with("Fn::")) {
                if !KINDS.contains(&entry.key.as_str()) {
                    report
                        .key(entry, format!("there are no principals of kind `{}`", entry.key))
                        .help("it can be AWS, CanonicalUser, Federated, Service");
                }
                for one in values(&entry.value) {
                    of_kind(template, &entry.key, one, report);
                }
            }
        }
        _ => {
            report
                .value(node, format!("a principal is `*` or a map, found {}", shown(node)))
                .help("name its kind: `AWS: …` or `Service: …`");
        }
    }
}

fn shown(node: &Node) -> String {
    node.text()
        .map_or_else(|| node.kind_name().to_owned(), |text| format!("`{text}`"))
}

fn of_kind<'a>(template: &Template<'a>, kind: &str, node: &'a Node, report: &mut Report<'a>) {
    if node.map().is_some() && function::of(node).is_none() {
        report.value(node, "a principal is a string, found a map");
        return;
    }
    let Some(text) = known::shape(template, node).filter(|text| !text.starts_with("${") && !text.contains("{{")) else {
        return;
    };
    match kind {
        "AWS" if !account_or_arn(&known::unnamed(&text)) => {
            report
                .value(node, format!("`{text}` is no principal of AWS"))
                .unless_chosen(template, node)
                .help("it can be an account, or the ARN of a role, a user or a session");
        }
        "Service" if text != "*" && !text.contains('.') && !text.contains("${") => {
            report
                .value(node, format!("`{text}` is no service"))
                .unless_chosen(template, node)
                .help(format!("services are named as `{text}.amazonaws.com`"));
        }
        _ => {}
    }
}

fn account_or_arn(text: &str) -> bool {
    if text == "*" || is_account(text) {
        return true;
    }
    let Some(rest) = text.strip_prefix("arn:") else {
        // The ids that remain of deleted principals.
        return text.len() >= 16 && text.starts_with('A') && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    };
    let parts: Vec<&str> = rest.splitn(5, ':').collect();
    let [partition, service, _, account, resource] = parts.as_slice() else {
        return text.contains("${");
    };
    let known = |part: &str| !part.contains("${");
    let fine_partition = !known(partition) || partition.starts_with("aws");
    let fine_account = !known(account) || is_account(account) || *account == "cloudfront";
    let of_iam = ["root", "user/", "role/", "assumed-role/", "federated-user/", "self"];
    let fine_resource = !known(resource) || of_iam.iter().any(|begin| resource.starts_with(begin));
    let fine_service = !known(service) || matches!(*service, "iam" | "sts");
    fine_partition && fine_account && fine_resource && fine_service
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}
