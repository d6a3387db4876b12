//! Hostile kustomizations end.

use std::fmt::Write;

use super::rendered;

const POD: &str =
    "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {a: b}}\nspec: {containers: [{name: web}]}\n";

#[test]
fn a_circle_is_told() {
    let rendering = rendered(&[
        ("a/kustomization.yaml", "resources: [../b]\n"),
        ("b/kustomization.yaml", "resources: [../a]\n"),
    ]);
    assert_eq!(rendering.faults[0].message, "`../a` leads back to this kustomization");
}

#[test]
fn bases_that_double_from_step_to_step_end() {
    let mut files = vec![
        ("00/kustomization.yaml".to_owned(), "resources: [pod.yaml]\n".to_owned()),
        ("00/pod.yaml".to_owned(), POD.to_owned()),
    ];
    for number in 1..30 {
        for side in ["l", "r"] {
            files.push((
                format!("{number:02}{side}/kustomization.yaml"),
                format!("resources: [../{number:02}]\nnamePrefix: {side}-\n"),
            ));
        }
        files.push((
            format!("{:02}/kustomization.yaml", number + 1),
            format!("resources: [../{number:02}l, ../{number:02}r]\n"),
        ));
    }
    files.push(("01/kustomization.yaml".to_owned(), "resources: [../00]\n".to_owned()));
    files.reverse();
    let top = files.iter().position(|(path, _)| path.starts_with("30/")).unwrap();
    files.swap(0, top);
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    assert!(
        rendered(&files).faults[0]
            .message
            .contains("more kustomizations than are built here")
    );
}

#[test]
fn copies_of_copies_end() {
    let mut patch = String::new();
    for number in 0..60 {
        write!(patch, "{{op: copy, from: /metadata, path: /metadata/c{number}}},").unwrap();
    }
    let kustomization = format!("resources: [pod.yaml]\npatches: [{{target: {{}}, patch: '[{patch}]'}}]\n");
    let rendering = rendered(&[("kustomization.yaml", &kustomization), ("pod.yaml", POD)]);
    assert!(!rendering.faults.is_empty());
}

#[test]
fn copies_that_nest_end() {
    let mut patch = String::new();
    for _ in 0..200 {
        patch += "{op: move, from: /metadata/labels, path: /metadata/m}, {op: add, path: /metadata/labels, value: {}}, \
                  {op: move, from: /metadata/m, path: /metadata/labels/n},";
    }
    let kustomization = format!("resources: [pod.yaml]\npatches: [{{target: {{}}, patch: '[{patch}]'}}]\n");
    let rendering = rendered(&[("kustomization.yaml", &kustomization), ("pod.yaml", POD)]);
    assert!(
        rendering
            .faults
            .iter()
            .any(|fault| fault.message.contains("levels deep")),
        "{:?}",
        rendering.faults
    );
}
