//! `synth validate` of templates and manifests in one call.

use super::{Temp, run};

const ASSOCIATION: &str = "Resources:
  Orders:
    Type: AWS::EKS::PodIdentityAssociation
    Properties: {ClusterName: shop, Namespace: shop, ServiceAccount: NAME, RoleArn: !ImportValue role}
";

const PODS: &str = "apiVersion: v1
kind: ServiceAccount
metadata: {name: NAME, namespace: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: orders, namespace: shop}
spec: {serviceAccountName: NAME, containers: [{name: orders, image: 'example/orders:1.0'}]}
";

/// What it says of templates and manifests, of each the file and the name in it; `@` is their folder.
fn validate(templates: &[(&str, &str)], manifests: &[(&str, &str)], arguments: &str) -> String {
    let temp = Temp::new();
    for (files, text) in [(templates, ASSOCIATION), (manifests, PODS)] {
        for (file, name) in files {
            temp.put(file, &text.replace("NAME", name));
        }
    }
    let folder = temp.join("").display().to_string();
    let said = run(&temp, &format!("validate {}", arguments.replace('@', &folder)));
    format!("{}exit code {}", said.out, said.code).replace(&folder, "")
}

#[test]
fn both_ends_are_shown_at_their_lines() {
    let said = validate(&[("a.yaml", "order")], &[("k8s/b.yaml", "orders")], "--only across @");
    insta::assert_snapshot!(said, @r"
    warning[idle-identity]: no manifest makes the ServiceAccount `order` of namespace `shop`
     --> a.yaml:4:70
      |
    4 |     Properties: {ClusterName: shop, Namespace: shop, ServiceAccount: order, RoleArn: !ImportValue role}
      |                                                                      ^^^^^
     ::: k8s/b.yaml:3:18
      |
    3 | metadata: {name: orders, namespace: shop}
      |                  ------ `orders` is here
      = at: Resources.Orders.Properties.ServiceAccount
      = help: did you mean `orders`?

    1 template, 1 manifest: 1 warning
    exit code 0
    ");
}

#[test]
fn manifests_are_held_against_the_templates_that_are_nearest() {
    let templates = [("dev/a.yaml", "order"), ("prod/a.yaml", "orders")];
    let manifests = [("dev/k8s/b.yaml", "order"), ("prod/k8s/b.yaml", "orders")];
    let said = validate(&templates, &manifests, "--only across @");
    assert_eq!(said, "2 templates, 2 manifests: no findings\nexit code 0");
    let manifests = [("dev/k8s/b.yaml", "orders"), ("prod/k8s/b.yaml", "orders")];
    let said = validate(&templates, &manifests, "--only across @");
    assert!(
        said.contains(" --> dev/a.yaml:4:70") && said.contains(": 1 warning\n"),
        "{said}"
    );
}

#[test]
fn templates_of_one_folder_and_manifests_of_another_belong_together() {
    let said = validate(
        &[("templates/a.yaml", "order")],
        &[("k8s/b.yaml", "orders")],
        "--only across @templates/a.yaml @k8s/b.yaml",
    );
    assert!(said.contains("warning[idle-identity]"), "{said}");
}

#[test]
fn the_family_can_be_denied_and_allowed() {
    let files = ([("a.yaml", "order")], [("b.yaml", "orders")]);
    let said = validate(&files.0, &files.1, "--only across --deny across @");
    assert!(
        said.contains("error[idle-identity]") && said.ends_with("exit code 1"),
        "{said}"
    );
    let said = validate(&files.0, &files.1, "--allow across @");
    assert!(!said.contains("idle-identity"), "{said}");
}

#[test]
fn each_format_has_both_ends() {
    let said = validate(
        &[("a.yaml", "order")],
        &[("b.yaml", "orders")],
        "--only across --format json @",
    );
    let (json, _) = said.split_once("exit code").unwrap();
    let found: serde_json::Value = serde_json::from_str(json).unwrap();
    let ends = [&found[0]["file"], &found[0]["also"]["file"]];
    assert_eq!(ends, ["a.yaml", "b.yaml"]);
}
