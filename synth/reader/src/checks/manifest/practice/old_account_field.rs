use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "old-account-field",
    why: "`serviceAccount` is the name that `serviceAccountName` had in the first versions. The server still \
          takes it, and where both are written the new one counts.",
    link: "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodSpec",
    level: Level::Info,
    family: Family::Practice,
    example: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccount: web
      containers:
        - {name: web, image: 'example/web:1.0'}
",
    instead: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: web
      containers:
        - {name: web, image: 'example/web:1.0'}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for pods in set.manifests.pods() {
        let (old, new) = (pods.entry("serviceAccount"), pods.entry("serviceAccountName"));
        let Some(entry) = old.filter(|old| new.is_none_or(|new| new.value.text() != old.value.text())) else {
            continue;
        };
        let draft = report.key(entry, "this is the old name of `serviceAccountName`");
        draft.also_if(new, "this counts").help("write `serviceAccountName`");
    }
}
