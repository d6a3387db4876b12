use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Kind;
use crate::read::manifest::Reference;

pub(super) const RULE: Rule = Rule {
    name: "mounted-token",
    why: "A pod has a token for the API server unless it says otherwise. Who breaks into a pod that never \
          calls the server has it all the same.",
    link: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting",
    level: Level::Info,
    family: Family::Practice,
    example: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: example/web:1.0
",
    instead: r"
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  automountServiceAccountToken: false
  containers:
    - name: web
      image: example/web:1.0
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let bound: Vec<&str> = set
        .manifests
        .references()
        .iter()
        .filter(|reference| reference.kind == "ServiceAccount" && reference.from.kind.ends_with("Binding"))
        .map(Reference::name)
        .collect();
    for pods in set.manifests.pods() {
        let off = |node: Option<&crate::read::Node>| node.is_some_and(|node| node.kind == Kind::Bool(false));
        let account = pods.account().and_then(|account| account.text()).unwrap_or("default");
        let mut accounts = set.manifests.named("ServiceAccount", account, pods.object.namespace());
        let by_account = accounts.any(|account| off(account.dig(&["automountServiceAccountToken"])));
        let setting = pods.dig(&["automountServiceAccountToken"]);
        // Whose account has rights calls the server; whose account is elsewhere may.
        let unsure = account != "default"
            && set
                .manifests
                .named("ServiceAccount", account, pods.object.namespace())
                .next()
                .is_none();
        if off(setting) || (setting.is_none() && by_account) || bound.contains(&account) || unsure {
            continue;
        }
        report
            .value(
                setting.unwrap_or(pods.object.place()),
                format!("the pods of {} have a token of `{account}`", pods.object.title()),
            )
            .help("set `automountServiceAccountToken` to false, if they do not call the API server");
    }
}
