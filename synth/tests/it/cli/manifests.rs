//! `synth validate` of manifests.

use super::{Temp, run};

/// What it says of files; `@` is their folder.
pub(super) fn validate(files: &[(&str, &str)], arguments: &str) -> String {
    let temp = Temp::new();
    for (name, text) in files {
        temp.put(name, text);
    }
    let folder = temp.join("").display().to_string();
    let said = run(&temp, &format!("validate {}", arguments.replace('@', &folder)));
    let told = format!("{}{}exit code {}", said.out, said.err, said.code);
    told.replace(&folder, "")
}

const POD: &str = "apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: 'a:1', ports: [{name: http, containerPort: 80}]}]}
";

const SERVICE: &str = "apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: htpt}]}
";

#[test]
fn manifests_of_several_files_are_judged_together_and_both_ends_are_shown() {
    let files = [("pod.yaml", POD), ("service.yaml", SERVICE), ("notes.json", "{}")];
    insta::assert_snapshot!(validate(&files, "--only graph @"));
}

#[test]
fn a_template_of_a_chart_is_told_apart() {
    let chart = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n{{- if .Values.a }}\nspec: {}\n{{- end }}\n";
    let files = [("a.yaml", POD), ("chart.yaml", chart)];
    let said = validate(&files, "--only graph @");
    assert!(
        said.contains("helm template CHART") && said.ends_with("exit code 0"),
        "{said}"
    );
    let said = validate(&files, "@chart.yaml");
    assert!(
        said.contains("helm template CHART") && said.ends_with("exit code 2"),
        "{said}"
    );
}

#[test]
fn a_manifest_that_cannot_be_read_is_told_at_its_line() {
    let said = validate(&[("a.yaml", "apiVersion: v1\nkind: Pod\n metadata: {}\n")], "@");
    assert!(
        said.contains("error[unreadable-manifest]") && said.contains("a.yaml:3:"),
        "{said}"
    );
    assert!(said.ends_with("exit code 2"), "{said}");
}

#[test]
fn custom_kinds_are_told_in_the_summary() {
    let said = validate(
        &[(
            "a.yaml",
            "apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: a}\n",
        )],
        "@",
    );
    assert!(
        said.contains("1 manifest: no findings; no schema for 1 object of Certificate"),
        "{said}"
    );
}

#[test]
fn a_version_says_which_kinds_there_are() {
    let gone = "apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata: {name: a}\n";
    let said = |version: &str| {
        validate(
            &[("a.yaml", gone)],
            &format!("--kubernetes {version} --only unknown-kind @"),
        )
    };
    assert!(said("1.31").contains("no findings"), "{}", said("1.31"));
    assert!(
        said("1.36").contains("was there until Kubernetes 1.31"),
        "{}",
        said("1.36")
    );
    assert!(said("1.2").ends_with("exit code 2"), "{}", said("1.2"));
}

const DEPLOYMENT: &str = "apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'a:1', prots: []}]}
";

#[test]
fn overlays_are_judged_one_by_one_and_what_they_share_is_told_once() {
    let patch = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: many}\n";
    let files = [
        ("base/deployment.yaml", DEPLOYMENT),
        ("base/kustomization.yaml", "resources: [deployment.yaml]\n"),
        ("dev/kustomization.yaml", "resources: [../base]\nnamePrefix: dev-\n"),
        (
            "prod/kustomization.yaml",
            "resources: [../base]\npatches: [{path: more.yaml}]\n",
        ),
        ("prod/more.yaml", patch),
    ];
    insta::assert_snapshot!(validate(&files, "--only schema @"));
}
