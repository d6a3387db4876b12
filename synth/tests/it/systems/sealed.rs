//! What Alertmanager tells people by: sealed, so that it may stand beside the code.

use serde_json::json;
use synth::model::{Bootstrap, Monitoring, Runtime};

use super::guards::with;
use super::{S3, alone, out};
use crate::files::Temp;
use crate::script::{Ended, Of, run_beside};

/// What `deploy.sh seal` does with what is typed, where kubeseal writes before each line that it is sealed.
fn seal(typed: &str) -> Ended {
    let folder = Temp::new();
    let path = folder.put("typed", typed);
    let of = Of {
        files: &S3.rendered.files,
        system: "healthcare-api",
        account: "111122223333",
    };
    let kubectl = "'create secret'*) echo \"${@: -1}\"; cat \"${@: -1}\" ;;";
    let others = [("kubectl", kubectl), ("kubeseal", "*) sed 's/^/sealed /' ;;")];
    let typed = path.to_string_lossy();
    run_beside(&of, &["seal", "production"], &[("TYPED", &typed)], "", &others)
}

#[test]
fn s3_65_what_alertmanager_tells_by_is_a_file_only_when_it_is_sealed() {
    let ended = seal("the-password\nhttps://hooks.example.com/a\n");
    assert!(ended.succeeded, "{}", ended.said);
    // The last key is that of Slack.
    let said: Vec<&str> = ended.said.lines().collect();
    assert!(
        said[0].starts_with("sealed /") && said[0].ends_with("/slack-url"),
        "{said:?}"
    );
    assert_eq!(said[1], "sealed https://hooks.example.com/a");
    for says in [
        "kubectl create secret generic healthcare-api-alerting --namespace monitoring --dry-run=client",
        "kubeseal --scope strict --format yaml --controller-name sealed-secrets --controller-namespace sealed-secrets",
    ] {
        assert!(ended.calls.contains(says), "{}", ended.calls);
    }
    let ended = seal("the-password\n");
    let says = "nothing is given for slack-url: a line for each of mail-password slack-url";
    assert!(!ended.succeeded && ended.said.contains(says), "{}", ended.said);
}

#[test]
fn s3_65_what_opens_it_has_rights_where_it_is_and_where_it_is_for() {
    let values = S3.values("sealed-secrets");
    assert_eq!(values["additionalNamespaces"], json!(["monitoring", "sealed-secrets"]));
    assert_eq!(
        (&values["rbac"]["clusterRole"], &values["rbac"]["namespacedRoles"]),
        (&json!(false), &json!(true))
    );
    // The name by which it is asked.
    assert_eq!(values["fullnameOverride"], "sealed-secrets");
}

#[test]
fn what_is_sealed_is_for_somebody() {
    let mut system = with(|kubernetes| kubernetes.runtime = Runtime::Unwatched);
    system.monitoring = Monitoring::of_pods();
    insta::assert_snapshot!(alone::verdict(system), @"Kubernetes.bootstrap: `Sealed` has nothing to open: only what Alertmanager tells by is sealed; use By::Both, or Bootstrap::ByHand");
}

#[test]
fn what_is_made_by_hand_is_sealed_by_nobody() {
    let out = out(&with(|kubernetes| kubernetes.bootstrap = Bootstrap::ByHand));
    let script = &out.rendered.files["out/healthcare-api/deploy.sh"];
    assert!(
        !script.contains("seal")
            && script.contains("DEPLOYMENT.md says how the secret healthcare-api-alerting is made")
    );
    let page = &out.rendered.files["out/healthcare-api/DEPLOYMENT.md"];
    assert!(page.contains("create secret generic healthcare-api-alerting") && !page.contains("deploy.sh seal"));
}
