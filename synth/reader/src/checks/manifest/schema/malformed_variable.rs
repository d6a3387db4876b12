use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::manifest::Pods;
use crate::read::{Kind, Node};

pub(super) const RULE: Rule = Rule {
    name: "malformed-variable",
    why: "A variable has a value or a place where its value comes from, and the place is one. The server \
          refuses both, and several places.",
    link: "https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/",
    level: Level::Error,
    family: Family::Schema,
    example: r"
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
    - name: web
      image: example/web:1.0
      env: [{name: COLOR, value: blue, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
    - name: web
      image: example/web:1.0
      env: [{name: COLOR, value: blue}]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for container in set.manifests.pods().iter().flat_map(Pods::containers) {
        for variable in container.list("env") {
            judge(variable, report);
        }
        for source in container.list("envFrom") {
            let places = ["configMapRef", "secretRef"]
                .into_iter()
                .filter(|key| source.get(key).is_some())
                .count();
            if places != 1 && source.map().is_some() {
                let message = "variables come from one ConfigMap or from one Secret";
                report
                    .value(source, message)
                    .help("write one of `configMapRef` and `secretRef` an item");
            }
        }
    }
}

fn judge<'a>(variable: &'a Node, report: &mut Report<'a>) {
    if let Some(name) = variable
        .get("name")
        .filter(|name| name.text().is_some_and(|text| text.contains('=')))
    {
        report
            .value(name, "the name of a variable has no `=`")
            .help("write the value into `value`");
    }
    let Some(from) = variable.get("valueFrom").filter(|from| from.map().is_some()) else {
        return;
    };
    let value = variable
        .get("value")
        .filter(|value| value.text() != Some("") && value.kind != Kind::Null);
    if let Some(value) = value {
        let draft = report.value(value, "the variable has a value and a place where it comes from");
        draft.also(from, "the place").help("leave one of them");
    }
    let places = from.map().map_or(0, |map| {
        map.iter().filter(|entry| entry.value.kind != Kind::Null).count()
    });
    if places != 1 {
        let draft = report.value(from, format!("a value comes from one place, here are {places}"));
        draft.help("write one of configMapKeyRef, secretKeyRef, fieldRef and resourceFieldRef");
    }
}
