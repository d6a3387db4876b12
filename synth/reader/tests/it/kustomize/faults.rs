//! What kustomize refuses, what does nothing, and what is not read.

use synth_reader::checks::{Options, manifest};

use super::rendered;

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: nginx}]}\n";

/// What is told about a kustomization beside a pod.
fn told(kustomization: &str, more: &[(&str, &str)]) -> String {
    let mut files = vec![("k/kustomization.yaml", kustomization), ("k/pod.yaml", POD)];
    files.extend(more);
    let rendering = rendered(&files);
    let faults = rendering.faults.iter();
    let lines = faults.map(|it| {
        format!(
            "{:?} {}:{} {} ({})",
            it.verdict, it.file, it.at.line, it.message, it.help
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether just one thing is told, and which.
fn one(kustomization: &str, more: &[(&str, &str)], told_is: &str) {
    let said = told(kustomization, more);
    assert!(
        said.contains(told_is) && said.lines().count() == 1,
        "{kustomization}\n{said}"
    );
}

#[test]
fn nothing_is_told_of_what_is_well() {
    // kustomize does not ask for the case of its fields.
    assert_eq!(told("Resources: [pod.yaml]\nnameprefix: a-\n", &[]), "");
    assert_eq!(told("resources: [pod.yaml]\n", &[]), "");
}

#[test]
fn a_field_that_kustomize_has_not_is_told_with_the_nearest() {
    one(
        "resources: [pod.yaml]\nnamePrefx: a\n",
        &[],
        "Refused k/kustomization.yaml:2 kustomize has no field `namePrefx` here (did you mean `namePrefix`?)",
    );
    one(
        "resources: [pod.yaml]\nimages: [{name: nginx, tag: '1'}]\n",
        &[],
        "no field `tag` here",
    );
}

#[test]
fn a_number_is_no_tag() {
    one(
        "resources: [pod.yaml]\nimages: [{name: nginx, newTag: 1.10}]\n",
        &[],
        "`newTag` is a string, found a number (put it in quotes)",
    );
    one(
        "resources: [pod.yaml]\ncommonLabels: {a: true}\n",
        &[],
        "`a` is a string, found a boolean",
    );
}

#[test]
fn what_is_not_there_is_told() {
    one(
        "resources: [pod.yaml, gone.yaml]\n",
        &[],
        "k/kustomization.yaml:1 there is no file `gone.yaml`",
    );
    one(
        "resources: [pod.yaml, below]\n",
        &[("k/below/a.txt", "")],
        "`below` is no folder with a kustomization",
    );
    one(
        "resources: [pod.yaml]\npatches: [{path: gone.yaml}]\n",
        &[],
        "there is no file `gone.yaml`",
    );
    one(
        "configMapGenerator: [{name: a, files: [gone.txt]}]\n",
        &[],
        "there is no file `gone.txt`",
    );
}

#[test]
fn a_file_from_outside_of_the_folder_is_refused_and_a_folder_is_not() {
    let outside = ("other/a.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n");
    one(
        "resources: [../other/a.yaml]\n",
        &[outside],
        "kustomize reads no file from outside of its folder",
    );
    assert_eq!(
        told(
            "resources: [../other]\n",
            &[outside, ("other/kustomization.yml", "resources: [a.yaml]\n")]
        ),
        ""
    );
}

#[test]
fn a_patch_of_nothing_is_told_with_what_was_meant() {
    let patch = |name: &str, more: &str| {
        format!(
            "resources: [pod.yaml]\npatches:\n  - patch: |\n      apiVersion: v1\n      kind: Pod\n      metadata: {{name: {name}{more}}}\n"
        )
    };
    one(
        &patch("wbe", ""),
        &[],
        "Refused k/kustomization.yaml:6 there is no Pod `wbe` to patch (did you mean `web`?)",
    );
    one(
        &patch("web", ", namespace: other"),
        &[],
        "the object says no namespace: leave it out of the patch too",
    );
    assert_eq!(told(&patch("web", ", namespace: default"), &[]), "");
    one(
        "resources: [pod.yaml]\npatches: [{target: {kind: Pods}, patch: '[]'}]\n",
        &[],
        "Idle k/kustomization.yaml:2 the target selects nothing",
    );
    one(
        "resources: [pod.yaml]\npatches: [{target: {kind: Pod}}]\n",
        &[],
        "this patch has no content",
    );
    one(
        "resources: [pod.yaml]\nimages: [{name: nginy, newTag: a}]\n",
        &[],
        "Idle k/kustomization.yaml:2 no container has the image `nginy`",
    );
    one(
        "resources: [pod.yaml]\nreplicas: [{name: wbe, count: 1}]\n",
        &[],
        "there is no workload `wbe` to scale",
    );
}

#[test]
fn an_operation_that_cannot_be_done_is_told_where_it_stands() {
    let patch = |operation: &str| {
        format!("resources: [pod.yaml]\npatches:\n  - target: {{kind: Pod}}\n    patch: |\n      - {operation}\n")
    };
    for (operation, why) in [
        (
            "{op: replace, path: /spec/containers/1, value: a}",
            "the object has nothing at `/spec/containers/1`",
        ),
        (
            "{op: add, path: /spec/a/b, value: a}",
            "the object has nothing at `/spec/a`",
        ),
        (
            "{op: remove, path: /spec/containers/1}",
            "the object has nothing at `/spec/containers/1`",
        ),
        ("{op: test, path: /kind, value: Job}", "the test fails"),
        ("{op: put, path: /kind, value: Job}", "there is no operation `put`"),
        ("{op: add, path: /kind}", "the operation has no `value`"),
    ] {
        one(&patch(operation), &[], &format!("Refused k/kustomization.yaml:5 {why}"));
    }
}

#[test]
fn two_objects_of_one_name_are_refused() {
    one(
        "resources: [pod.yaml, other.yaml]\n",
        &[("k/other.yaml", POD)],
        "Refused k/other.yaml:3 Pod `web` is there twice",
    );
    one(
        "configMapGenerator: [{name: a}, {name: a}]\n",
        &[],
        "ConfigMap `a` is there already",
    );
    one(
        "configMapGenerator: [{name: a, behavior: merge}]\n",
        &[],
        "there is no ConfigMap `a` to merge",
    );
}

#[test]
fn what_lies_elsewhere_is_told_and_its_absence_is_no_mistake() {
    let patch = "resources: [pod.yaml, 'github.com/a/b//c?ref=v1']\npatches:\n  - patch: '{apiVersion: v1, kind: Pod, metadata: {name: there}}'\n";
    one(
        patch,
        &[],
        "Unread k/kustomization.yaml:1 `github.com/a/b//c?ref=v1` is not read",
    );
    one(
        "resources: [pod.yaml]\nhelmCharts: [{name: a}]\n",
        &[],
        "Unread k/kustomization.yaml:2 `helmCharts` is not read",
    );
}

#[test]
fn a_component_is_no_resource_and_the_reverse() {
    let component = ("c/kustomization.yaml", "kind: Component\n");
    one(
        "resources: [pod.yaml, ../c]\n",
        &[component],
        "this is a component (name it under `components`)",
    );
    one(
        "resources: [pod.yaml]\ncomponents: [../d]\n",
        &[("d/kustomization.yaml", "namePrefix: a\n")],
        "this is no component",
    );
}

#[test]
fn nothing_dangles_that_may_be_in_what_was_not_read() {
    let objects = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: aaaa}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: \
                   a}\nspec: {containers: [{name: a, envFrom: [{configMapRef: {name: zzzz}}]}]}\n";
    let dangling = |kustomization: &str| {
        let rendering = rendered(&[("kustomization.yaml", kustomization), ("a.yaml", objects)]);
        let findings = manifest::judge_rendering(&rendering, &Options::default());
        findings.iter().any(|finding| finding.rule == "dangling-object")
    };
    assert!(dangling("resources: [a.yaml]\n"));
    assert!(!dangling("resources: [a.yaml, 'https://example.com/b.yaml']\n"));
}
