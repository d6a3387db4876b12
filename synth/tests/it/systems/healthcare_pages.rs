//! What a person reads of S3, by the numbers of the lines that ask for it.

use synth::model::{Email, Phone, Support, System, WebAddress};
use synth::systems::healthcare_api;

use super::{S1, S3};
use crate::alone;

fn readme() -> &'static str {
    &S3.rendered.files["out/healthcare-api/README.md"]
}

/// A section of the page, from its title to the next one.
fn section(title: &str) -> &'static str {
    let (_, after) = readme().split_once(&format!("\n## {title}\n")).unwrap();
    after.split("\n## ").next().unwrap()
}

/// The row of a table that begins so.
fn row(section: &'static str, begins: &str) -> &'static str {
    let row = section.lines().find(|line| line.starts_with(begins));
    row.unwrap_or_else(|| panic!("no row begins with {begins} in {section}"))
}

#[test]
fn s3_71_what_guards_stands_in_the_files_of_the_line() {
    for (file, kind) in [
        ("security-policies.yaml", "ConstraintTemplate"),
        ("external-secrets.yaml", "ExternalSecret"),
        ("security-scanning.yaml", "ImageValidatingPolicy"),
    ] {
        let text = &S3.rendered.files[&format!("out/healthcare-api/security/{file}")];
        assert!(text.contains(&format!("\nkind: {kind}\n")), "{file} has no {kind}");
    }
}

#[test]
fn s3_72_and_89_the_order_is_operators_secrets_application_monitoring() {
    let first = section("First deployment");
    let at = |what: &str| first.find(what).unwrap_or_else(|| panic!("no {what}"));
    let order = [
        "1. infrastructure and operators",
        "2. secrets",
        "3. application",
        "4. monitoring",
    ];
    assert!(order.map(at).is_sorted());
    let watched = section("What is watched");
    assert!(watched.contains("kubectl port-forward -n monitoring svc/grafana 3000:80"));
    // The name and the port that the command asks for.
    let values = S3.values("kube-prometheus-stack");
    assert_eq!(values["grafana"]["fullnameOverride"], "grafana");
    assert_eq!(values["grafana"]["service"]["port"], 80);
    let lock = &S3.rendered.files["out/healthcare-api/operators/lock.json"];
    assert!(lock.contains("\"external-secrets\"") && !lock.contains("latest"));
}

#[test]
fn s3_82_trouble_is_told_by_what_is_to_be_seen() {
    let trouble = section("When things go wrong");
    assert!(row(trouble, "| pods are `Pending`").contains("the machines are full"));
    assert!(row(trouble, "| nobody reaches the pods").contains("kubectl get endpoints healthcare-prediction-api"));
    assert!(row(trouble, "| a figure or an alert is missing").contains("kubectl get servicemonitor"));
    assert!(row(trouble, "| pods wait for a volume").contains("kubectl describe externalsecret -n healthcare-api"));
    // Where AWS chooses the machines, it adds some.
    assert!(S1.rendered.files["out/predictor/README.md"].contains("`kubectl get nodeclaims` says what AWS answered"));
    assert!(!S1.rendered.files["out/predictor/README.md"].contains("externalsecret"));
}

#[test]
fn s3_83_the_page_says_who_helps() {
    let helps = section("Who helps");
    for way in [
        "devops@example.com",
        "security@example.com",
        "+1 555 0100",
        "https://wiki.example.com",
        "https://grafana.example.com",
        "`#healthcare-alerts` on Slack",
        "[the incident runbook](#when-things-go-wrong)",
    ] {
        assert!(helps.contains(way), "{way}: {helps}");
    }
    assert!(!S1.rendered.files["out/predictor/README.md"].contains("## Who helps"));
    let notices = S3.rendered.notices.join("\n");
    assert!(
        notices.contains("`support.on_call` is still the example's +1 555 0100"),
        "{notices}"
    );
}

#[test]
fn whoever_helps_can_be_reached() {
    let support = Support {
        team: Email::new("the team"),
        security: Email::new("security@example.com"),
        on_call: Phone::new("555-0100"),
        wiki: WebAddress::new("http://wiki.example.com"),
        grafana: WebAddress::new("https://grafana.example.com/d/1"),
    };
    insta::assert_snapshot!(alone::verdict(System { support: Some(support), ..healthcare_api() }), @r"
    Support.team: `the team` is not an e-mail address; give one that somebody reads, such as `platform@example.com`
    Support.on_call: `555-0100` is not a number of a telephone; give it with its country, such as `+1 555 0100`
    Support.wiki: `http://wiki.example.com` is not the address of a page; give it with `https://`, such as `https://wiki.example.com`
    ");
}

#[test]
fn s3_84_a_contribution_goes_by_fork_branch_commit_push_and_pull_request() {
    let contributing = section("Contributing");
    let at = |what: &str| contributing.find(what).unwrap_or_else(|| panic!("no {what}"));
    let steps = ["Fork", "a branch for the feature", "Commit", "Push", "pull request"];
    assert!(steps.map(at).is_sorted());
    for asked in ["format", "tests", "words", "scans", "an alert"] {
        at(asked);
    }
}

#[test]
fn s3_17_the_service_is_tested_and_run_on_ones_own_machine() {
    let contributing = section("Contributing");
    for command in [
        "git clone https://github.com/example-org/synth",
        "cargo test --package predictor",
        "cargo run --package predictor",
        "curl http://localhost:8000/health",
    ] {
        assert!(contributing.contains(command), "{command}");
    }
}

#[test]
fn s3_64_the_page_says_why_pods_have_their_rights_by_pod_identity() {
    assert!(section("The cluster").contains("by Pod Identity, not by IRSA: "));
}

#[test]
fn s3_59_the_page_says_when_policies_hold_and_why_not_before() {
    let page = &S3.rendered.files["out/healthcare-api/CLUSTER.md"];
    let (_, after) = page.split_once("\n## Policies of the network\n").unwrap();
    let said = after.split("\n## ").next().unwrap();
    assert!(said.contains("in its standard mode: they hold from the start of a pod where another of its version runs"));
    assert!(said.contains("the mesh, which lets in nobody without its certificate"));
    for issue in [272, 288, 345, 635] {
        assert!(
            said.contains(&format!("aws-network-policy-agent/issues/{issue})")),
            "{issue}"
        );
    }
}

#[test]
fn s3_85_how_long_it_takes_is_an_estimate_that_says_so() {
    let first = section("First deployment");
    assert!(first.contains("**Total estimated setup time: 4-6 hours**"));
    assert!(first.contains("**Maintenance overhead: < 1 hour/week**"));
    assert!(first.contains("nobody has measured them"));
}

#[test]
fn s3_87_the_page_says_what_one_needs() {
    let (_, needs) = section("First deployment").split_once("You need:").unwrap();
    for need in [
        "AWS CLI 2",
        "administrator's rights",
        "kubectl",
        "docker",
        "example-org/synth",
        "GitHub CLI",
        "helm",
    ] {
        assert!(needs.contains(need), "{need}");
    }
    assert!(!needs.contains("no Helm"));
}

#[test]
fn s3_1_the_picture_shows_what_is_outside_the_cluster_its_namespaces_and_what_guards_it() {
    let (_, after) = readme().split_once("```mermaid\n").unwrap();
    let (picture, _) = after.split_once("```").unwrap();
    for box_ in [
        "client",
        "Actions: CI",
        "Deployment in EKS",
        "load balancer of the Ingress",
        "namespace healthcare-api",
        "namespace monitoring<br/>Prometheus, Alertmanager, Grafana",
        "security<br/>Sealed Secrets, External Secrets, Gatekeeper, Kyverno, Falco",
    ] {
        assert!(picture.contains(box_), "{box_}: {picture}");
    }
    assert!(picture.contains("security -- \"lets in, and watches\" --> container"));
    // A cluster without guards has no such box.
    assert!(!S1.rendered.files["out/predictor/README.md"].contains("security<br/>"));
}
