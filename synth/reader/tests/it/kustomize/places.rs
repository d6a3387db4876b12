//! Every value knows the file and line where somebody wrote it.

use synth_reader::read::Step;
use synth_reader::read::kustomize::Rendering;

use super::rendered;

const BASE: &str = "resources: [web.yaml]\n";

const WEB: &str = "apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  template:
    spec:
      containers:
        - name: web
          image: nginx:1
";

fn with(overlay: &str, more: &[(&str, &str)]) -> Rendering {
    let mut files = vec![
        ("prod/kustomization.yaml", overlay),
        ("base/kustomization.yaml", BASE),
        ("base/web.yaml", WEB),
    ];
    files.extend(more);
    rendered(&files)
}

/// The file and line of what stands behind a path of the first object.
fn place(rendering: &Rendering, path: &str) -> String {
    let steps = path
        .split('/')
        .map(|step| step.parse::<usize>().map_or_else(|_| Step::from(step), Step::from));
    let document = &rendering.documents[0];
    let node = document.root.at_path(&steps.collect::<Vec<_>>()).unwrap();
    let (file, at) = document.place(node.at);
    format!("{file}:{}:{}", at.line, at.column)
}

const IMAGE: &str = "spec/template/spec/containers/0/image";

#[test]
fn what_an_overlay_leaves_stands_in_the_base() {
    let rendering = with("resources: [../base]\nnamespace: shop\n", &[]);
    assert_eq!(place(&rendering, IMAGE), "base/web.yaml:11:18");
    assert_eq!(place(&rendering, "metadata/namespace"), "prod/kustomization.yaml:2:12");
}

#[test]
fn what_a_field_of_the_kustomization_sets_stands_there() {
    let rendering = with(
        "resources: [../base]\nimages:\n  - name: nginx\n    newTag: '2'\nreplicas: [{name: web, count: 5}]\n",
        &[],
    );
    assert_eq!(place(&rendering, IMAGE), "prod/kustomization.yaml:4:13");
    assert_eq!(place(&rendering, "spec/replicas"), "prod/kustomization.yaml:5:31");
}

#[test]
fn what_a_patch_says_stands_in_its_file() {
    let patch = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 7\n";
    let rendering = with(
        "resources: [../base]\npatches: [{path: more.yaml}]\n",
        &[("prod/more.yaml", patch)],
    );
    assert_eq!(place(&rendering, "spec/replicas"), "prod/more.yaml:5:13");
    assert_eq!(place(&rendering, "metadata/name"), "base/web.yaml:4:9");
}

#[test]
fn what_a_patch_inside_of_the_kustomization_says_stands_on_its_line() {
    let patch = |mark: &str| {
        format!(
            "resources: [../base]\npatches:\n  - patch: {mark}\n\n      apiVersion: apps/v1\n      kind: Deployment\n      \
             metadata: {{name: web}}\n      spec:\n        replicas: 7\n"
        )
    };
    for mark in ["|", "|-", "|+"] {
        let rendering = with(&patch(mark), &[]);
        assert_eq!(
            place(&rendering, "spec/replicas"),
            "prod/kustomization.yaml:9:19",
            "{mark}"
        );
    }
}

#[test]
fn what_a_patch_in_quotes_says_stands_where_the_patch_does() {
    let patch = "resources: [../base]\npatches:\n  - target: {kind: Deployment}\n    patch: '[{op: replace, path: \
                 /spec/replicas, value: 3}]'\n";
    assert_eq!(
        place(&with(patch, &[]), "spec/replicas"),
        "prod/kustomization.yaml:4:12"
    );
}
