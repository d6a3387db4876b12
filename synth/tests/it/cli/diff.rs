//! `synth diff`

use super::run;
use crate::files::Temp;

const OLD: &str = "Resources: {Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}}\n";

/// Two files of which the second has another block of addresses.
fn pair() -> (Temp, String) {
    let temp = Temp::new();
    let (old, new) = (temp.join("old.yaml"), temp.join("new.yaml"));
    write(&old, OLD);
    write(&new, &OLD.replace("10.0", "10.1"));
    let arguments = format!("{} {}", old.display(), new.display());
    (temp, arguments)
}

#[expect(clippy::disallowed_methods, reason = "a test makes files to be read")]
fn write(path: &std::path::Path, text: &str) {
    std::fs::write(path, text).unwrap();
}

#[test]
fn two_files_are_compared() {
    let (temp, arguments) = pair();
    insta::assert_snapshot!(run(&temp, &format!("diff {arguments}")).all(&temp), @r"
    resources
    ! Vpc  AWS::EC2::VPC  REPLACED; the old one is deleted
        /new.yaml:1
        CidrBlock: 10.0.0.0/16 → 10.1.0.0/16
            replaces: AWS's schema: `CidrBlock` is create-only

    1 replaced
    exit code 0
    ");
}

#[test]
fn it_fails_on_what_was_asked_for_and_on_nothing_else() {
    let (temp, arguments) = pair();
    let code = |what: &str| run(&temp, &format!("diff {arguments} --fail-on {what} --format json")).code;
    assert_eq!((code("replace"), code("delete"), code("any")), (1, 0, 1));
}

#[test]
fn what_cannot_be_read_is_named() {
    let (temp, _) = pair();
    let said = run(&temp, "diff --fail-on any HEAD..-x");
    insta::assert_snapshot!(said.all(&temp), @r"
    error: `-x` is not a revision; give a branch, a tag or a commit
    exit code 2
    ");
}

#[test]
fn a_broken_file_does_not_silence_the_others() {
    let (temp, _) = pair();
    for (folder, text) in [("a", OLD.to_owned()), ("b", OLD.replace("10.0", "10.1"))] {
        std::fs::create_dir_all(temp.join(folder)).unwrap();
        write(&temp.join(folder).join("t.yaml"), &text);
        let broken = format!("Resources: {{A{folder}: {{Type: AWS::SQS::Queue");
        write(&temp.join(folder).join("broken.yaml"), &broken);
    }
    let said = run(
        &temp,
        &format!("diff {} {}", temp.join("a").display(), temp.join("b").display()),
    );
    assert!(
        said.out.contains("1 replaced") && said.err.contains("broken.yaml:2:1"),
        "{}",
        said.all(&temp)
    );
    assert_eq!(said.code, 2);
}

#[test]
fn files_that_are_the_same_on_both_sides_are_left_out_and_the_rest_is_not_paired_because_of_it() {
    let temp = Temp::new();
    for (folder, name) in [("a", "Gone"), ("b", "Come")] {
        temp.put(&format!("{folder}/same.yaml"), OLD);
        temp.put(
            &format!("{folder}/{name}.yaml"),
            &OLD.replace("Vpc:", &format!("{name}:")),
        );
    }
    let said = run(
        &temp,
        &format!("diff {} {}", temp.join("a").display(), temp.join("b").display()),
    );
    assert!(
        said.out.contains("DELETED") && said.out.contains("created") && !said.out.contains("same.yaml"),
        "{}",
        said.all(&temp)
    );
}

const OBJECTS: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'shop/web:1', securityContext: {readOnlyRootFilesystem: true}}]}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: shop}
spec: {storageClassName: slow, accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
";

const FLOW: &str = "\
on: push
permissions: {contents: read}
jobs:
  deploy:
    runs-on: ubuntu-24.04
    environment: prod
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - run: ./deploy.sh
";

/// Two folders with a manifest and a workflow each.
fn folders() -> (Temp, String) {
    let temp = Temp::new();
    let changed = OBJECTS
        .replace("web:1", "web:2")
        .replace("slow", "fast")
        .replace("readOnlyRootFilesystem: true", "");
    let flow = FLOW
        .replace("    environment: prod\n", "")
        .replace("3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "v7");
    for (folder, objects, workflow) in [("old", OBJECTS, FLOW), ("new", changed.as_str(), flow.as_str())] {
        let hidden = temp.join(folder).join(".github/workflows");
        std::fs::create_dir_all(&hidden).unwrap();
        write(&hidden.join("ci.yml"), workflow);
        write(&temp.join(folder).join("web.yaml"), objects);
    }
    let arguments = format!("diff {} {}", temp.join("old").display(), temp.join("new").display());
    (temp, arguments)
}

#[test]
fn folders_of_manifests_and_workflows_are_compared() {
    let (temp, arguments) = folders();
    insta::assert_snapshot!(run(&temp, &arguments).all(&temp), @r#"
    first
    ! 1 change is refused until it goes another way: `shop/data`
        web.yaml

    what gets wider
    ! deploy  job  protection: the rules of environment prod (reviewers, branches, waiting) no longer hold for it
        .github/workflows/ci.yml:4  environment
    ! deploy  job  hardening: steps[actions/checkout].uses: from a commit to a name, which can move to other code
        .github/workflows/ci.yml:4  steps[actions/checkout].uses
    ! shop/web  Deployment  hardening: container web: it may write to its own files
        web.yaml:3  containers[web].securityContext.readOnlyRootFilesystem

    objects
    ! shop/data  PersistentVolumeClaim (volume)  REFUSED by the API server
        web.yaml:13
        spec.storageClassName: slow → fast
            refused: the API server refuses to change it
        note: to get there, delete it and then make it anew; its data does not come along
    ~ shop/web  Deployment  updated, and its pods restart
        web.yaml:3
        spec.template.spec.containers[web].image: shop/web:1 → shop/web:2
            restarts pods: part of the pods' template
        spec.template.spec.containers[web].securityContext.readOnlyRootFilesystem: true → not set
            restarts pods: part of the pods' template
        note: its 3 pods restart: at most 25% missing and 25% more at a time

    workflows
    ~ deploy  job  updated in place
        .github/workflows/ci.yml:4
        environment: {name: "prod"} → not set
        steps[actions/checkout].uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 → actions/checkout@v7
            updates: from a commit to a name, which can move to other code

    1 refused, 1 restarting, 1 updated, 3 wider
    exit code 0
    "#);
    let code = |what: &str| run(&temp, &format!("{arguments} --fail-on {what} --format markdown")).code;
    assert_eq!((code("replace"), code("delete"), code("wider")), (1, 0, 1));
}

#[test]
fn two_files_of_manifests_are_compared_whatever_their_names_are() {
    let temp = Temp::new();
    let (old, new) = (temp.join("old.yaml"), temp.join("new.yaml"));
    write(&old, OBJECTS);
    write(&new, &OBJECTS.replace("replicas: 3", "replicas: 4"));
    insta::assert_snapshot!(run(&temp, &format!("diff {} {}", old.display(), new.display())).all(&temp), @"
    objects
    ~ shop/web  Deployment  updated in place
        /new.yaml:3
        spec.replicas: 3 → 4

    1 updated
    exit code 0
    ");
}

#[test]
fn overlays_are_compared_as_they_come_out() {
    let temp = Temp::new();
    let base = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  selector: {matchLabels: {app: web}}\n  \
                template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: web, image: 'a:1', envFrom: \
                [{configMapRef: {name: settings}}]}]}\n";
    let overlay = |tag: u8, prefix: &str| {
        format!("resources: [../base]\nnamePrefix: {prefix}-\nimages: [{{name: a, newTag: '{tag}'}}]\n")
    };
    let generator = "resources: [web.yaml]\nconfigMapGenerator: [{name: settings, files: [motd.txt]}]\n";
    for (side, tag) in [("old", 1), ("new", 2)] {
        temp.put(&format!("{side}/base/web.yaml"), base);
        temp.put(&format!("{side}/base/kustomization.yaml"), generator);
        temp.put(&format!("{side}/base/motd.txt"), "hello\n");
        temp.put(&format!("{side}/dev/kustomization.yaml"), &overlay(1, "dev"));
        temp.put(&format!("{side}/prod/kustomization.yaml"), &overlay(tag, "prod"));
    }
    let arguments = format!("diff {} {}", temp.join("old").display(), temp.join("new").display());
    insta::assert_snapshot!(run(&temp, &arguments).all(&temp), @"
    objects
    ~ prod-web  Deployment  updated, and its pods restart
        base/web.yaml:3
        spec.template.spec.containers[web].image: a:1 → a:2
            restarts pods: part of the pods' template
        note: its pod restarts: at most 25% missing and 25% more at a time

    1 restarting
    exit code 0
    ");
}

#[test]
fn modules_of_two_folders_are_compared() {
    let temp = Temp::new();
    let module = |size: &str| {
        format!("{{\"resource\": {{\"google_compute_instance\": {{\"node\": {{\"machine_type\": \"{size}\"}}}}}}}}")
    };
    temp.put("old/main.tf.json", &module("e2-small"));
    temp.put("new/main.tf.json", &module("e2-medium"));
    let arguments = format!("diff {} {}", temp.join("old").display(), temp.join("new").display());
    insta::assert_snapshot!(run(&temp, &arguments).all(&temp), @r"
    blocks
    ~ google_compute_instance.node  google_compute_instance (disk)  OUTAGE: updated with an interruption
        main.tf.json:1
        machine_type: e2-small → e2-medium
            interrupts: the machine stops and starts again
        note: it fails unless `allow_stopping_for_update` is true: the machine has to be stopped

    1 interrupted
    exit code 0
    ");
}
