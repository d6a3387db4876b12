//! S1 holds its templates and its manifests against each other: nothing is to be told of them, and each promise that one
//! of them breaks is told.

use synth::checks::{Level, Options, across};
use synth::read::{self, Document};

use super::S1;

/// The templates and manifests of an environment, with a text of one file replaced.
fn documents(environment: &str, file: &str, change: Option<(&str, &str)>) -> Vec<Document> {
    let folder = format!("out/predictor/{environment}/");
    let own =
        S1.rendered.files.iter().filter(|(path, _)| {
            path.starts_with(&folder) && (path.ends_with(".template.json") || path.contains("/k8s/"))
        });
    let mut changed = change.is_none();
    let documents = own.flat_map(|(path, text)| {
        let text = match change.filter(|_| path.ends_with(file)) {
            Some((from, to)) => {
                changed |= text.contains(from);
                text.replace(from, to)
            }
            None => text.clone(),
        };
        read::documents(path, &text).unwrap()
    });
    let documents = documents.collect();
    assert!(changed, "{file} has no {change:?}");
    documents
}

/// The rules that are broken by a change of one file, each as bad as it is told to be.
fn broken(environment: &str, file: &str, from: &str, to: &str) -> String {
    let documents = documents(environment, file, Some((from, to)));
    let findings = across::run(&documents, &Options::default());
    let mut told: Vec<String> = findings
        .iter()
        .map(|it| format!("{} {}", it.level.name(), it.rule))
        .collect();
    told.dedup();
    told.join(", ")
}

#[test]
fn nothing_is_to_be_told_of_either_environment() {
    for environment in ["dev", "prod"] {
        let documents = documents(environment, "", None);
        assert_eq!(across::run(&documents, &Options::default()), []);
        assert_eq!(across::judge(&documents, &Options::default()), []);
    }
}

#[test]
fn both_environments_are_looked_at_when_they_are_rendered() {
    let mut files = S1
        .rendered
        .files
        .iter()
        .filter(|(path, _)| path.ends_with("/identity.template.json"));
    assert!(files.all(|(_, text)| text.contains("AWS::EKS::PodIdentityAssociation")));
    assert!(S1.rendered.findings.iter().all(|finding| finding.level != Level::Error));
}

#[test]
fn the_account_of_the_pods_and_its_role_hold_together() {
    for environment in ["dev", "prod"] {
        let other = r#""ServiceAccount": "web""#;
        let identity = "identity.template.json";
        assert_eq!(
            broken(environment, identity, r#""ServiceAccount": "predictor""#, other),
            "error idle-identity, warning missing-identity"
        );
        let namespace = broken(
            environment,
            identity,
            r#""Namespace": "predictor""#,
            r#""Namespace": "default""#,
        );
        assert_eq!(namespace, "error idle-identity, warning missing-identity");
        let account = broken(
            environment,
            "serviceaccount.yaml",
            "name: predictor\n  namespace",
            "name: web\n  namespace",
        );
        assert_eq!(account, "error idle-identity");
    }
}

#[test]
fn each_placeholder_has_its_output() {
    let ingress = "ingress.yaml";
    for environment in ["dev", "prod"] {
        let output = broken(
            environment,
            ingress,
            "${network.AccessLogsBucketName}",
            "${network.LogsBucketName}",
        );
        assert_eq!(output, "error dangling-placeholder");
        let template = broken(
            environment,
            "network.template.json",
            r#""AccessLogsBucketName":"#,
            r#""LogsBucket":"#,
        );
        assert_eq!(template, "error dangling-placeholder");
        let stack = broken(
            environment,
            ingress,
            "${network.AccessLogsBucketName}",
            "${entry.AccessLogsBucketName}",
        );
        assert_eq!(stack, "error dangling-placeholder");
    }
    let firewall = broken(
        "prod",
        ingress,
        "${network.FirewallArn}",
        "${network.AccessLogsBucketName}",
    );
    assert_eq!(firewall, "error mismatched-output");
}

#[test]
fn the_image_is_of_the_repository_that_is_made() {
    let image = |from: &str, to: &str| broken("dev", "deployment.yaml", from, to);
    assert_eq!(
        image("amazonaws.com/predictor@", "amazonaws.com/predicter@"),
        "error foreign-image"
    );
}

#[test]
fn the_secret_that_the_pods_are_told_of_is_made() {
    for environment in ["dev", "prod"] {
        let from = format!("predictor-{environment}-service");
        let to = format!("predictor-{environment}-servce");
        assert_eq!(
            broken(environment, "configmap.yaml", &from, &to),
            "error dangling-secret"
        );
    }
}

#[test]
fn alarms_and_charts_watch_what_runs() {
    let file = "observability.template.json";
    for environment in ["dev", "prod"] {
        for (dimension, to) in [("Service", "web"), ("PodName", "web"), ("Namespace", "default")] {
            let from = format!(r#""Name": "{dimension}", "Value": "predictor""#);
            let to = format!(r#""Name": "{dimension}", "Value": "{to}""#);
            assert_eq!(broken(environment, file, &from, &to), "error idle-alarm", "{dimension}");
        }
        let from = format!(r#""Name": "ClusterName", "Value": "predictor-{environment}""#);
        assert_eq!(
            broken(environment, file, &from, r#""Name": "ClusterName", "Value": "shared""#),
            "error idle-alarm"
        );
        let chart = broken(
            environment,
            file,
            r#"\"Service\",\"predictor\""#,
            r#"\"Service\",\"web\""#,
        );
        assert_eq!(chart, "error idle-alarm");
    }
}

#[test]
fn the_load_balancer_reaches_the_pods_from_its_subnets() {
    for (environment, block) in [("dev", "10.50.1.0/24"), ("prod", "10.60.1.0/24")] {
        let other = block.replace(".1.0/", ".9.0/");
        let policy = broken(environment, "networkpolicy.yaml", block, &other);
        assert_eq!(policy, "error closed-balancer, warning foreign-block");
        let subnet = broken(environment, "network.template.json", block, &other);
        assert_eq!(subnet, "error closed-balancer, warning foreign-block");
    }
}

#[test]
fn the_groups_of_the_pipeline_have_members_and_rights() {
    for environment in ["dev", "prod"] {
        let entry = broken(
            environment,
            "cluster.template.json",
            r#"["deployers"]"#,
            r#"["releasers"]"#,
        );
        assert_eq!(entry, "error idle-access, error unmapped-group");
        let binding = "kind: Group\n    name: reviewers";
        let binding = broken(
            environment,
            "rolebinding.yaml",
            binding,
            "kind: Group\n    name: auditors",
        );
        assert_eq!(binding, "error idle-access, error unmapped-group");
    }
}
