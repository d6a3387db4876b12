use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::manifest::{Pods, is_settled};
use crate::read::{Map, Node};

pub(super) const RULE: Rule = Rule {
    name: "plain-secret",
    why: "A password in a ConfigMap or in a variable is readable for everybody who may look at the workload, \
          and for everybody who has the repository.",
    link: "https://kubernetes.io/docs/concepts/configuration/secret/",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: example/web:1.0
      env: [{name: DB_PASSWORD, value: hunter2-hunter2}]
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: example/web:1.0
      env: [{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: login, key: password}}}]
",
    check,
};

/// What the name of a secret holds, but for names that only tell of one: `PASSWORD_FILE`.
const WORDS: [&str; 9] = [
    "password",
    "passwd",
    "secret_key",
    "secretkey",
    "api_key",
    "apikey",
    "access_key",
    "private_key",
    "auth_token",
];

const TELLS: [&str; 9] = [
    "file", "path", "name", "enabled", "length", "policy", "url", "ref", "id",
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for container in set.manifests.pods().iter().flat_map(Pods::containers) {
        for variable in container.list("env") {
            if let (Some(name), Some(value)) = (variable.get("name").and_then(Node::text), variable.get("value")) {
                judge(name, value, report);
            }
        }
    }
    for object in set.manifests.of("ConfigMap") {
        for entry in object
            .dig(&["data"])
            .and_then(Node::map)
            .into_iter()
            .flat_map(Map::iter)
        {
            judge(&entry.key, &entry.value, report);
        }
    }
}

fn judge<'a>(name: &str, value: &'a Node, report: &mut Report<'a>) {
    let lower = name.to_ascii_lowercase().replace(['-', '.'], "_");
    let is_secret = WORDS.iter().any(|word| lower.contains(word)) && !TELLS.iter().any(|end| lower.ends_with(end));
    let text = value.text().unwrap_or_default();
    // A path, an address, a word such as `true` or a text of many lines is no password.
    let plain =
        is_settled(text) && text.len() >= 4 && !text.contains([' ', '\n', '/']) && text != "true" && text != "false";
    if is_secret && plain {
        report
            .value(value, format!("`{name}` is a secret that everybody can read here"))
            .help("put it into a Secret that is not in the repository, and name its key");
    }
}
