//! Who a policy is about.

use super::known_arn;
use crate::checks::Report;
use crate::read::template::branch::values;
use crate::read::template::known::Shape;
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
    let Some(shape) = known::shape(template, node) else {
        return;
    };
    if let Some((name, given)) = known_arn::begins_with(template, &shape).filter(|_| kind == "AWS") {
        report
            .value(
                node,
                format!("`{shape}` is no principal of AWS: `Ref` of `{name}` gives its {given}"),
            )
            .help(format!("take its ARN: `!GetAtt {name}.Arn`"));
        return;
    }
    if shape.begins_open() {
        return;
    }
    match kind {
        "AWS"
            if !account_or_arn(&shape)
                || (shape.start().starts_with("arn:") && known_arn::is_short(template, &shape)) =>
        {
            report
                .value(node, format!("`{shape}` is no principal of AWS"))
                .sure(shape.sure)
                .help("it can be an account, or the ARN of a role, a user or a session");
        }
        "Service" if shape.whole().is_some_and(|text| text != "*" && !text.contains('.')) => {
            report
                .value(node, format!("`{shape}` is no service"))
                .sure(shape.sure)
                .help(format!("services are named as `{shape}.amazonaws.com`"));
        }
        _ => {}
    }
}

fn account_or_arn(shape: &Shape<'_>) -> bool {
    if !shape.start().starts_with("arn:") {
        return shape.whole().is_some_and(|text| {
            // The ids that remain of deleted principals.
            let id = text.len() >= 16 && text.starts_with('A') && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
            text == "*" || is_account(text) || id
        });
    }
    let parts = shape.split(":", 6);
    let [_, partition, service, _, account, resource] = parts.as_slice() else {
        return shape.is_open();
    };
    let of_iam = ["root", "user/", "role/", "assumed-role/", "federated-user/", "self"];
    let fine = |part: &Shape<'_>, fine: &dyn Fn(&str) -> bool| part.whole().is_none_or(fine);
    fine(partition, &|part| part.starts_with("aws"))
        && fine(account, &|part| is_account(part) || part == "cloudfront")
        && fine(resource, &|part| of_iam.iter().any(|begin| part.starts_with(begin)))
        && fine(service, &|part| matches!(part, "iam" | "sts"))
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}
