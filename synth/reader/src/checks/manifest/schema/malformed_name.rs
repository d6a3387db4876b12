use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::manifest::{Object, is_built_in, is_settled};

pub(super) const RULE: Rule = Rule {
    name: "malformed-name",
    why: "The API server takes lower-case letters, digits, `-` and most often `.` in the name of an object, \
          which begins and ends with a letter or a digit.",
    link: "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#names",
    level: Level::Error,
    family: Family::Schema,
    example: r"
apiVersion: v1
kind: ConfigMap
metadata: {name: Web_Settings}
",
    instead: r"
apiVersion: v1
kind: ConfigMap
metadata: {name: web-settings}
",
    check,
};

/// Kinds of which the server takes other names, too.
const FREE: [&str; 5] = [
    "CertificateSigningRequest",
    "ClusterRole",
    "ClusterRoleBinding",
    "Role",
    "RoleBinding",
];

/// Kinds whose names become a part of a host's name.
const LABELS: [&str; 2] = ["Namespace", "Service"];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for object in set.manifests.all().iter().filter(|object| is_built_in(object.group)) {
        if let Some(name) = object.name().filter(|name| is_settled(name)) {
            judge(object, name, report);
        }
        let Some(namespace) = object.text(&["metadata", "namespace"]).filter(|name| is_settled(name)) else {
            continue;
        };
        if let (Some(node), false) = (
            object.dig(&["metadata", "namespace"]),
            namespace.is_empty() || is_label(namespace),
        ) {
            report
                .value(node, format!("`{namespace}` cannot be the name of a namespace"))
                .help("write at most 63 lower-case letters, digits and `-`");
        }
    }
}

fn judge<'a>(object: &Object<'a>, name: &str, report: &mut Report<'a>) {
    let (fits, takes) = match object.kind {
        kind if FREE.contains(&kind) => (
            !name.is_empty() && !name.contains(['/', '%']),
            "anything but `/` and `%`",
        ),
        kind if LABELS.contains(&kind) => (is_label(name), "at most 63 lower-case letters, digits and `-`"),
        "CronJob" => (
            is_subdomain(name) && name.len() <= 52,
            "at most 52 lower-case letters, digits, `-` and `.`",
        ),
        _ => (
            is_subdomain(name),
            "at most 253 lower-case letters, digits, `-` and `.`",
        ),
    };
    if !fits {
        report
            .value(
                object.place(),
                format!("`{name}` cannot be the name of a {}", object.kind),
            )
            .help(format!("write {takes}"));
    }
}

fn is_label(text: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let ends = text.bytes().next().is_some_and(word) && text.bytes().last().is_some_and(word);
    ends && text.len() <= 63 && text.bytes().all(|byte| word(byte) || byte == b'-')
}

fn is_subdomain(text: &str) -> bool {
    // Only the whole has a limit, not its parts.
    let word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let part = |part: &str| {
        let ends = part.bytes().next().is_some_and(word) && part.bytes().last().is_some_and(word);
        ends && part.bytes().all(|byte| word(byte) || byte == b'-')
    };
    text.len() <= 253 && text.split('.').all(part)
}
