//! What guards a namespace: who signed what runs there, what it does, and what is seen of both.

use super::{Out, S3, alone, items, out};
use serde_json::{Value as Json, json};
use std::sync::LazyLock;
use synth::model::{Alert, By, Kubernetes, Minutes, Panel, Platform, Severity, Signatures, System, When};
use synth::systems::{healthcare_api, predict_api};

/// S3 with another cluster.
fn with(change: impl FnOnce(&mut Kubernetes)) -> System {
    let mut system = healthcare_api();
    if let Platform::Kubernetes(kubernetes) = &mut system.platform {
        change(kubernetes);
    }
    system
}

/// S3 where images must be signed.
static SIGNED: LazyLock<Out> = LazyLock::new(|| out(&with(|kubernetes| kubernetes.signatures = Signatures::Keyless)));

#[test]
fn s3_68_an_image_runs_only_if_the_release_workflow_signed_it() {
    let all = SIGNED.documents("out/healthcare-api/security/security-scanning.yaml");
    let [policy] = all.as_slice() else {
        panic!("{} objects", all.len())
    };
    assert_eq!(
        (&policy["apiVersion"], &policy["kind"]),
        (&json!("policies.kyverno.io/v1"), &json!("ImageValidatingPolicy"))
    );
    let spec = &policy["spec"];
    assert_eq!(spec["validationActions"], json!(["Deny"]));
    assert_eq!(spec["failurePolicy"], "Fail");
    assert_eq!(spec["matchImageReferences"], json!([{ "glob": "*" }]));
    let identity = &spec["attestors"][0]["cosign"]["keyless"]["identities"];
    let signer = "https://github.com/example-org/synth/.github/workflows/ci-cd.yml@refs/heads/main";
    assert_eq!(
        identity,
        &json!([{ "issuer": "https://token.actions.githubusercontent.com", "subject": signer }])
    );
    // The file that is named is the one that signs, and what the pipeline asks for before it deploys.
    let files = &SIGNED.rendered.files;
    let file = signer.split_once("synth/").unwrap().1.split_once('@').unwrap().0;
    assert!(files[file].contains("cosign sign --yes"));
    assert!(
        files
            .iter()
            .any(|(path, text)| path.contains("workflows/") && text.contains("WORKFLOW: ci-cd.yml"))
    );
    // Who does not ask has none.
    let scanning = "out/healthcare-api/security/security-scanning.yaml";
    let without = out(&with(|kubernetes| kubernetes.signatures = Signatures::Unchecked));
    assert!(!without.rendered.files.contains_key(scanning));
}

#[test]
fn who_asks_for_signatures_may_read_the_registry_and_nothing_else() {
    let role = SIGNED.of("production/identity", "VerifierRole");
    let statements = items(&role["Policies"][0]["PolicyDocument"]["Statement"]);
    let actions: Vec<&Json> = statements.iter().map(|one| &one["Action"]).collect();
    assert_eq!(
        actions,
        [
            &json!("ecr:GetAuthorizationToken"),
            &json!(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"])
        ]
    );
    assert!(
        role["PermissionsBoundary"]
            .to_string()
            .contains("healthcare-api-production-operators-boundary")
    );
    let association = SIGNED.of("production/identity", "VerifierIdentityAssociation");
    assert_eq!(
        (&association["Namespace"], &association["ServiceAccount"]),
        (&json!("kyverno"), &json!("kyverno-admission-controller"))
    );
}

/// The panel of Grafana with a title.
fn panel(title: &str) -> Json {
    let text = &S3.rendered.files["out/healthcare-api/monitoring/grafana-dashboard.json"];
    let file: Json = serde_json::from_str(text).unwrap();
    let found = items(&file["panels"]).iter().find(|panel| panel["title"] == title);
    found.unwrap_or_else(|| panic!("no {title}")).clone()
}

fn asked(title: &str) -> String {
    let panel = panel(title);
    let lines = items(&panel["targets"]).iter();
    let lines = lines.map(|one| {
        let text = |key: &str| one[key].as_str().unwrap().to_owned();
        format!("{}: {}", text("legendFormat"), text("expr"))
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn s3_41_the_service_tells_what_it_is_asked_for_and_how_it_is() {
    insta::assert_snapshot!(asked("Uses a minute"), @r#"{{http_route}} {{http_response_status_code}}: 60 * sum by (http_route, http_response_status_code) (rate(http_server_request_duration_seconds_count{namespace="healthcare-api",service="healthcare-prediction-api",http_route!~"/health|/livez|/metrics|/readyz"}[2m]))"#);
    insta::assert_snapshot!(asked("Health checks a minute"), @r#"
    {{http_response_status_code}}: 60 * sum by (http_response_status_code) (rate(http_server_request_duration_seconds_count{namespace="healthcare-api",service="healthcare-prediction-api",http_route="/health"}[2m]))
    pods that want requests: sum(service_ready{namespace="healthcare-api",service="healthcare-prediction-api"})
    "#);
}

#[test]
fn s3_42_what_was_refused_is_drawn_by_whoever_sees_it() {
    // Nobody asks Falco, which is not there.
    insta::assert_snapshot!(asked("Security events a minute"), @r#"denied by a policy: 60 * (sum(rate({__name__=~"gatekeeper_validation_request_count(_total)?",admission_status="deny"}[2m])) or vector(0))"#);
    let body = &S3.rendered.files["out/healthcare-api/production/cloudwatch-dashboard.json"];
    let body: Json = serde_json::from_str(body).unwrap();
    let widgets = items(&body["widgets"]).iter();
    let titles: Vec<&Json> = widgets.map(|one| &one["properties"]["title"]).collect();
    // CloudWatch has none of the service's own figures.
    assert!(titles.contains(&&json!("Security events a minute")));
    assert!(!titles.contains(&&json!("Uses a minute")));
}

#[test]
fn s3_42_refused_calls_of_the_api_are_counted_in_its_log_and_told_of() {
    let filters = S3.all("production/observability", "AWS::Logs::MetricFilter");
    let [filter] = filters.as_slice() else {
        panic!("{filters:?}")
    };
    assert_eq!(filter["LogGroupName"], "/aws/eks/healthcare-api-production/cluster");
    let pattern = filter["FilterPattern"].as_str().unwrap();
    assert!(pattern.contains("$.responseStatus.code = 401") && pattern.contains("$.responseStatus.code = 403"));
    let counts = &filter["MetricTransformations"][0];
    let alarm = S3.of("production/observability", "RefusedCallsAlarm");
    assert_eq!(
        (&alarm["MetricName"], &alarm["Namespace"]),
        (&counts["MetricName"], &counts["MetricNamespace"])
    );
    assert_eq!(counts["MetricNamespace"], "EKS/healthcare-api-production");
    assert_eq!(
        (&alarm["Threshold"], &alarm["Statistic"], alarm.get("Dimensions")),
        (&json!(20), &json!("Sum"), None)
    );
}

#[test]
fn s3_42_what_gatekeeper_refuses_is_asked_for_and_told_of_by_prometheus_alone() {
    let all = S3.documents("out/healthcare-api/monitoring/prometheus-config.yaml");
    let asked: Vec<&Json> = all.iter().filter(|one| one["kind"] == "PodMonitor").collect();
    let [gatekeeper] = asked.as_slice() else {
        panic!("{asked:?}")
    };
    assert_eq!(
        gatekeeper["spec"]["namespaceSelector"],
        json!({ "matchNames": ["gatekeeper-system"] })
    );
    assert!(
        S3.templates["production/observability"]["Resources"]
            .get("BrokenPolicyAlarm")
            .is_none()
    );
}

#[test]
fn what_nobody_sees_is_refused() {
    let lonely = |when| {
        let mut system = healthcare_api();
        system.monitoring.by = By::CloudWatch;
        system.monitoring.panels = vec![Panel::Uses, Panel::Security];
        system.monitoring.alerts = vec![Alert::of(when, 5, Severity::Warning)];
        alone::verdict(system)
    };
    insta::assert_snapshot!(lonely(When::PolicyBroken), @r#"
    Monitoring.alerts: `broken-policy` is seen by nobody; use Admission::Gatekeeper and By::Both, or take it out
    Monitoring.panels: `Uses` is seen by nobody; use By::Both in a cluster, or take it out
    "#);
    insta::assert_snapshot!(lonely(When::CallsRefusedAbove(5)), @"Monitoring.panels: `Uses` is seen by nobody; use By::Both in a cluster, or take it out");
    let mut system = predict_api();
    system.monitoring.panels.push(Panel::Security);
    system.monitoring.alerts.push(Alert {
        when: When::CallsRefusedAbove(5),
        lasting: Minutes(5),
        severity: Severity::Warning,
    });
    insta::assert_snapshot!(alone::verdict(system), @r#"
    Monitoring.alerts: `refused-calls` is seen by nobody; take it out: there is no cluster
    Monitoring.panels: `Security` is seen by nobody; use By::Both in a cluster, or take it out
    "#);
}
