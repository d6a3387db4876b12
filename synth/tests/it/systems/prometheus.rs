//! Alerts and panels over Prometheus, and whom its Alertmanager tells.

use super::{S3, alone};
use serde_json::Value as Json;
use synth::model::{By, Channel, Email, Mail, Monitoring, Prometheus, Relay, Route, Seconds, Severity, System, To};
use synth::systems::{healthcare_api, predict_api};

/// The documents of a file below `monitoring/`.
fn watched(file: &str) -> Vec<Json> {
    S3.documents(&format!("out/healthcare-api/monitoring/{file}"))
}

fn rules() -> Vec<Json> {
    let objects = watched("prometheus-config.yaml").into_iter();
    let mut rules = objects.filter(|object| object["kind"] == "PrometheusRule");
    let mut groups = rules.next().unwrap()["spec"]["groups"].take();
    let rules = groups.as_array_mut().unwrap().last_mut().unwrap()["rules"].take();
    rules.as_array().unwrap().clone()
}

fn with(change: impl FnOnce(&mut Prometheus)) -> String {
    let mut system = healthcare_api();
    if let By::Both(prometheus) = &mut system.monitoring.by {
        change(prometheus);
    }
    alone::verdict(system)
}

#[test]
fn it_is_told_of_the_same_alerts_as_cloudwatch() {
    let word = |text: &Json| text.as_str().unwrap().to_owned();
    let told: Vec<String> = rules()
        .iter()
        .map(|rule| {
            let lasting = rule["for"].as_str().unwrap_or("at once");
            format!(
                "{} {lasting} {}",
                word(&rule["alert"]),
                word(&rule["labels"]["severity"])
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "HighCpu 5m warning",
            "HighMemory 5m warning",
            "TooFewTasks 5m critical",
            "BelowMinimum 5m critical",
            "UnhealthyTasks 2m critical",
            "HighErrorRate 3m critical",
            "SlowResponses 5m warning",
            "Restarts at once warning",
            "BrokenPolicy at once warning",
            "ErrorBudgetBurnsFast at once critical",
            "ErrorBudgetBurnsSlowly at once warning",
        ]
    );
    let alarms = S3
        .templates
        .values()
        .flat_map(|template| template["Resources"].as_object().unwrap().values());
    let alarms = alarms.filter(|resource| resource["Type"] == "AWS::CloudWatch::Alarm");
    // What is counted over days, and what Gatekeeper tells, only Prometheus counts; what is refused by the API, only
    // CloudWatch.
    assert_eq!(alarms.count(), told.len() - 3 + 1);
}

#[test]
fn a_rule_says_what_is_so_how_long_and_what_to_do() {
    let rules = rules();
    let rule = rules.iter().find(|rule| rule["alert"] == "HighErrorRate").unwrap();
    insta::assert_snapshot!(rule["expr"].as_str().unwrap(), @r#"
    100 * (sum(rate(http_server_request_duration_seconds_count{namespace="healthcare-api",service="healthcare-prediction-api",http_route!~"/health|/livez|/metrics|/readyz",http_response_status_code=~"5.."}[2m])) or vector(0))
    / sum(rate(http_server_request_duration_seconds_count{namespace="healthcare-api",service="healthcare-prediction-api",http_route!~"/health|/livez|/metrics|/readyz"}[2m]))
    > 5
    "#);
    insta::assert_snapshot!(rule["annotations"]["summary"].as_str().unwrap(), @"more than 5 % of requests answered 5xx for 3 minutes");
    let runbook = rule["annotations"]["runbook_url"].as_str().unwrap();
    let (page, section) = runbook.split_once('#').unwrap();
    let page = page.split_once("/blob/main/").unwrap().1;
    let heading = format!("\n## {}\n", section.replace('-', " "));
    assert!(S3.rendered.files[page].to_lowercase().contains(&heading));
}

#[test]
fn s3_51_to_53_each_severity_tells_whom_it_should_and_that_it_is_over() {
    let file = &watched("alertmanager.yml")[0];
    let receiver = |severity: &str| {
        let mut all = file["receivers"].as_array().unwrap().iter();
        all.find(|receiver| receiver["name"] == severity).unwrap()
    };
    let (critical, warning) = (receiver("critical"), receiver("warning"));
    assert_eq!(critical["email_configs"][0]["to"], "platform@example.com");
    assert!(warning["email_configs"].is_null());
    let mentions = |receiver: &Json| {
        receiver["slack_configs"][0]["text"]
            .as_str()
            .unwrap()
            .contains("<!channel>")
    };
    assert!(mentions(critical) && !mentions(warning));
    for told in [
        &critical["email_configs"][0],
        &critical["slack_configs"][0],
        &warning["slack_configs"][0],
    ] {
        assert_eq!(told["send_resolved"], true);
    }
    // What nobody else may know is in files of a secret, and not here.
    let said = file.to_string();
    assert!(said.contains("api_url_file") && said.contains("auth_password_file"));
    assert!(!said.contains("\"api_url\"") && !said.contains("\"auth_password\"") && !said.contains("hooks.slack.com"));
}

#[test]
fn what_is_asked_may_be_asked_of_pods_by_it_and_by_nobody_beside_it() {
    let monitor = watched("prometheus-config.yaml")
        .into_iter()
        .find(|object| object["kind"] == "ServiceMonitor");
    let spec = monitor.unwrap()["spec"].take();
    let service = S3.object("production", "Service", "healthcare-prediction-api");
    for (label, value) in spec["selector"]["matchLabels"].as_object().unwrap() {
        assert_eq!(service["metadata"]["labels"][label], *value);
    }
    assert_eq!(spec["endpoints"][0]["port"], service["spec"]["ports"][0]["name"]);
    let policy = S3.object("production", "NetworkPolicy", "healthcare-prediction-api");
    let from = &policy["spec"]["ingress"][1]["from"][0];
    assert_eq!(
        from["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"],
        "monitoring"
    );
    assert_eq!(
        from["podSelector"]["matchLabels"]["app.kubernetes.io/name"],
        "prometheus"
    );
    // It asks through the mesh.
    assert_eq!(policy["spec"]["ingress"][1]["ports"][0]["port"], 15008);
}

#[test]
fn grafana_asks_it_for_every_line_that_a_cluster_can_tell() {
    let text = &S3.rendered.files["out/healthcare-api/monitoring/grafana-dashboard.json"];
    let file: Json = serde_json::from_str(text).unwrap();
    let panels = file["panels"].as_array().unwrap();
    assert_eq!(panels.len(), healthcare_api().monitoring.panels.len());
    for panel in panels {
        let targets = panel["targets"].as_array().unwrap();
        assert!(!targets.is_empty(), "{}", panel["title"]);
        for target in targets {
            assert_eq!(target["datasource"]["type"], "prometheus");
            let asked = target["expr"].as_str().unwrap();
            // Gatekeeper looks at no other namespace.
            assert!(
                asked.contains("healthcare-api") || asked.contains("gatekeeper_"),
                "{asked}"
            );
        }
    }
}

#[test]
fn an_alert_that_nobody_would_be_told_of_is_refused() {
    let silent = with(|prometheus| prometheus.routes.retain(|route| route.severity == Severity::Critical));
    insta::assert_snapshot!(silent.lines().next().unwrap(), @"Prometheus.routes: `high-cpu` would be told to nobody; add a Route of Severity::Warning");
    let twice = with(|prometheus| prometheus.routes.push(prometheus.routes[0].clone()));
    insta::assert_snapshot!(twice, @"Prometheus.routes: `critical` tells the same twice; keep one of the two");
}

#[test]
fn what_it_is_told_has_a_form() {
    let wrong = with(|prometheus| {
        prometheus.every = Seconds(120);
        let mail = Mail {
            relay: Relay::new("smtp.example.com"),
            from: Email::new("alerts"),
        };
        let channel = Channel::new("@channel");
        prometheus.routes.extend([
            Route {
                severity: Severity::Critical,
                to: To::Owner(mail),
            },
            Route {
                severity: Severity::Critical,
                to: To::Slack {
                    channel,
                    mention: false,
                },
            },
        ]);
    });
    insta::assert_snapshot!(wrong, @"
    Prometheus.every: `120` is not a time between two looks from which a minute can be told; use 5 to 60 seconds
    Mail.relay: `smtp.example.com` is not a relay of mail; give its domain and its port, such as `smtp.example.com:587`
    Mail.from: `alerts` is not an e-mail address; give one that somebody reads, such as `platform@example.com`
    To.channel: `@channel` is not a channel of Slack; give its name, such as `#alerts`
    ");
    let fargate = System {
        monitoring: Monitoring {
            by: healthcare_api().monitoring.by,
            ..Monitoring::of_service()
        },
        ..predict_api()
    };
    insta::assert_snapshot!(alone::verdict(fargate), @"Monitoring.by: `Prometheus` has no cluster to run in; use By::CloudWatch");
}

#[test]
fn s3_80_what_99_9_percent_leave_for_faults_is_watched_over_two_times() {
    let rules = rules();
    let rule = rules
        .iter()
        .find(|rule| rule["alert"] == "ErrorBudgetBurnsFast")
        .unwrap();
    insta::assert_snapshot!(rule["expr"].as_str().unwrap(), @r#"
    (service:http_server_errors:ratio_rate1h{namespace="healthcare-api",service="healthcare-prediction-api"} > 14.4 * 0.001
      and service:http_server_errors:ratio_rate5m{namespace="healthcare-api",service="healthcare-prediction-api"} > 14.4 * 0.001)
    or (service:http_server_errors:ratio_rate6h{namespace="healthcare-api",service="healthcare-prediction-api"} > 6 * 0.001
      and service:http_server_errors:ratio_rate30m{namespace="healthcare-api",service="healthcare-prediction-api"} > 6 * 0.001)
    "#);
    // What it compares is recorded.
    let text = &S3.rendered.files["out/healthcare-api/monitoring/prometheus-config.yaml"];
    for over in ["5m", "30m", "1h", "2h", "6h", "1d", "3d"] {
        let record = format!("record: \"service:http_server_errors:ratio_rate{over}\"");
        assert_eq!(text.matches(&record).count(), 1, "{over}");
    }
}
