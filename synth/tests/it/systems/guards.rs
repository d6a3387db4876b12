//! What guards a namespace: who signed what runs there, what it does, and what is seen of both.

use super::{S3, alone, items, out};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use synth::model::{
    Alert, Bootstrap, By, Kubernetes, Mesh, Minutes, Monitoring, Panel, Platform, Runtime, Severity, Signatures,
    System, When,
};
use synth::systems::{healthcare_api, predict_api};

/// S3 with another cluster.
pub(super) fn with(change: impl FnOnce(&mut Kubernetes)) -> System {
    let mut system = healthcare_api();
    if let Platform::Kubernetes(kubernetes) = &mut system.platform {
        change(kubernetes);
    }
    system
}

#[test]
fn s3_68_an_image_runs_only_if_the_release_workflow_signed_it() {
    let all = S3.documents("out/healthcare-api/security/security-scanning.yaml");
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
    let files = &S3.rendered.files;
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
    let role = S3.of("production/identity", "VerifierRole");
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
    let association = S3.of("production/identity", "VerifierIdentityAssociation");
    assert_eq!(
        (&association["Namespace"], &association["ServiceAccount"]),
        (&json!("kyverno"), &json!("kyverno-admission-controller"))
    );
}

/// What Falco is given, and its rules.
fn falco() -> (Json, Vec<Json>) {
    let values = S3.values("falco");
    let rules: Json = yaml_serde::from_str(values["customRules"]["healthcare-api.yaml"].as_str().unwrap()).unwrap();
    let rules = items(&rules).iter().filter(|one| one.get("rule").is_some());
    let rules = rules.cloned().collect();
    (values, rules)
}

#[test]
fn s3_66_what_containers_must_not_do_is_told_of() {
    let (_, rules) = falco();
    let told = rules.iter().map(|rule| {
        let text = |key: &str| rule[key].as_str().unwrap().to_owned();
        format!("{} {}", text("priority"), text("rule"))
    });
    let told: Vec<String> = told.collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    CRITICAL another program than healthcare-prediction-api runs in its container
    CRITICAL a program was to be started that is not there
    CRITICAL a file beside the scratch folder was opened to be written
    WARNING a write to the file system was refused
    WARNING a connection was to be opened that no policy of the network lets through
    CRITICAL a token for the API of the cluster was asked for
    CRITICAL another program than the service reads its secrets
    "#);
    // What is outside of the namespace is nobody's business here.
    for rule in &rules {
        assert!(
            rule["condition"].as_str().unwrap().contains("and of_the_system"),
            "{rule}"
        );
    }
}

#[test]
fn s3_66_a_rule_knows_the_program_the_ports_and_the_secrets_of_the_model() {
    let (_, rules) = falco();
    let condition = |what: &str| {
        let mut all = rules.iter();
        let rule = all.find(|rule| rule["rule"].as_str().unwrap().contains(what));
        let rule = rule.unwrap_or_else(|| panic!("no {what}"));
        rule["condition"].as_str().unwrap().to_owned()
    };
    let image = include_str!("../../../../Dockerfile");
    assert!(image.contains("ENTRYPOINT [\"/service\"]"));
    assert!(condition("another program than healthcare").contains("not of_the_service"));
    assert!(condition("reads its secrets").contains("fd.name startswith /run/secrets/production/"));
    // Those that its policy lets through.
    let policy = S3.object("production", "NetworkPolicy", "healthcare-prediction-api");
    let ports = items(&policy["spec"]["egress"])
        .iter()
        .flat_map(|rule| items(&rule["ports"]));
    let ports: BTreeSet<u64> = ports.map(|port| port["port"].as_u64().unwrap()).collect();
    let ports: Vec<String> = ports.iter().map(ToString::to_string).collect();
    assert!(condition("a connection").contains(&format!("not fd.sport in ({})", ports.join(", "))));
}

#[test]
fn s3_66_falco_fetches_nothing_and_tells_alertmanager_by_labels_that_its_routes_know() {
    let (values, _) = falco();
    assert_eq!(
        values["driver"],
        json!({ "kind": "modern_ebpf", "modernEbpf": { "leastPrivileged": true } })
    );
    assert_eq!(values["falco"]["rules_files"], json!(["/etc/falco/rules.d"]));
    assert_eq!(
        values["falcoctl"]["artifact"],
        json!({ "follow": { "enabled": false }, "install": { "enabled": false } })
    );
    let told = &values["falcosidekick"]["config"]["alertmanager"];
    assert_eq!(told["endpoint"], "/api/v2/alerts");
    insta::assert_snapshot!(told["extralabels"].as_str().unwrap(), @"alertname:SuspiciousActivity,namespace:healthcare-api,environment:production,service:healthcare-prediction-api,system:healthcare-api");
    let hosts = told["hostport"].as_str().unwrap().split(',').count();
    let stack = S3.values("kube-prometheus-stack");
    assert_eq!(stack["alertmanager"]["alertmanagerSpec"]["replicas"], hosts);
}

#[test]
fn what_watches_needs_machines_of_its_own_and_somebody_to_tell() {
    let on_auto = with(|kubernetes| {
        kubernetes.cluster = Kubernetes::eks().cluster;
        kubernetes.mesh = Mesh::None;
    });
    insta::assert_snapshot!(alone::verdict(on_auto), @"Kubernetes.runtime: `Falco` puts a probe into the kernel, and what Auto Mode's machines let in is AWS's to say; use machines of a group, or Runtime::Unwatched");
    let silent = System {
        monitoring: Monitoring::of_pods(),
        ..with(|kubernetes| kubernetes.bootstrap = Bootstrap::ByHand)
    };
    insta::assert_snapshot!(alone::verdict(silent), @"Kubernetes.runtime: `Falco` would tell nobody of what it sees: an Alertmanager leads it to people; use By::Both, or Runtime::Unwatched");
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
    insta::assert_snapshot!(asked("Security events a minute"), @r#"
    denied by a policy: 60 * (sum(
      {__name__=~"gatekeeper_validation_request_count(_total)?",admission_status="deny"} unless last_over_time({__name__=~"gatekeeper_validation_request_count(_total)?",admission_status="deny"}[1h] offset 2m)
      and on () up offset 2m
      or increase({__name__=~"gatekeeper_validation_request_count(_total)?",admission_status="deny"}[2m])
    ) or vector(0))
    / 120
    suspicious in containers: 60 * (sum(
      falcosecurity_falcosidekick_falco_events_total{k8s_ns_name="healthcare-api"} unless last_over_time(falcosecurity_falcosidekick_falco_events_total{k8s_ns_name="healthcare-api"}[1h] offset 2m)
      and on () up offset 2m
      or increase(falcosecurity_falcosidekick_falco_events_total{k8s_ns_name="healthcare-api"}[2m])
    ) or vector(0))
    / 120
    "#);
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
    let of = |one: &&Json| one["spec"]["namespaceSelector"]["matchNames"][0].clone();
    let namespaces: Vec<Json> = asked.iter().map(of).collect();
    assert_eq!(namespaces, [json!("gatekeeper-system"), json!("falco")]);
    assert!(
        S3.templates["production/observability"]["Resources"]
            .get("BrokenPolicyAlarm")
            .is_none()
    );
}

#[test]
fn what_nobody_sees_is_refused() {
    let lonely = |when| {
        let mut system = with(|kubernetes| {
            kubernetes.runtime = Runtime::Unwatched;
            kubernetes.bootstrap = Bootstrap::ByHand;
        });
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
