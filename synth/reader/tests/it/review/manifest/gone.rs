//! What comes and goes, and what is not shown.

use insta::assert_snapshot;

use super::super::{object, objects, told};
use super::{changed, container, of, service};
use synth_reader::review::FailOn;

#[test]
fn secrets_are_not_shown() {
    assert_snapshot!(changed("v1", "Secret", "stringData: {a: hunter1}", "stringData: {a: hunter2, b: hunter3}"), @"
    Secret shop/x: updated in place
      stringData.a: **** → ****
      stringData.b: - → ****
    ");
    assert_snapshot!(container("env: [{name: DB_PASSWORD, value: hunter1}]", "env: [{name: DB_PASSWORD, value: hunter2}, {name: TOKEN, value: hunter3}]"), @r#"
    Deployment shop/web: updated, and its pods restart
      spec.template.spec.containers[web].env[DB_PASSWORD].value: **** → ****; part of the pods' template
      spec.template.spec.containers[web].env[TOKEN]: - → {name: "TOKEN", value: "****"}; part of the pods' template
      note: its pod restarts: at most 25% missing and 25% more at a time
    "#);
}

#[test]
fn objects_come_and_go() {
    let space = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\n";
    let claim = of("v1", "PersistentVolumeClaim", "spec: {}");
    let old = format!("{space}{claim}---\n{}", service("a: b"));
    assert_snapshot!(object(&old, "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}\n"), @"
    Namespace shop: DELETED
      note: all objects in it are deleted with it
      note: 2 objects of these files are in it
      note: `kubectl apply` alone leaves it in the cluster; who prunes deletes it
    PersistentVolumeClaim shop/x: DELETED
      note: its volume is deleted too, unless the class or the volume retains it
      note: `kubectl apply` alone leaves it in the cluster; who prunes deletes it
    Service shop/x: DELETED
      note: its name is no longer resolved
      note: `kubectl apply` alone leaves it in the cluster; who prunes deletes it
    ServiceAccount a: created
    ");
}

#[test]
fn a_namespace_that_admits_less_refuses_pods_that_come_anew() {
    let space = |level: &str| {
        format!(
            "apiVersion: v1\nkind: Namespace\nmetadata: {{name: shop, labels: {{pod-security.kubernetes.io/enforce: {level}}}}}\n"
        )
    };
    assert_snapshot!(object(&space("baseline"), &space("restricted")), @"
    Namespace shop: updated in place
      metadata.labels[pod-security.kubernetes.io/enforce]: baseline → restricted
      note: pods that run stay; of those that come anew, one that breaks `restricted` is refused: `synth validate` tells which
    ");
    assert!(!object(&space("restricted"), &space("baseline")).contains("note"));
}

#[test]
fn what_somebody_keeps_is_not_deleted() {
    let claim = of("v1", "PersistentVolumeClaim", "spec: {}")
        .replace("namespace: shop", "annotations: {helm.sh/resource-policy: keep}");
    let review = objects(&[("a.yaml", &claim)], &[]);
    assert_snapshot!(told(&review), @"
    PersistentVolumeClaim x: removed
      note: Helm keeps it in the cluster
    ");
    assert!(!review.fails_on(FailOn::Delete));
}

#[test]
fn a_patch_that_goes_deletes_nothing() {
    let patch = of("apps/v1", "Deployment", "spec: {replicas: 3}");
    assert_snapshot!(told(&objects(&[("a.yaml", &patch)], &[])), @"
    Deployment shop/x: removed
      note: a patch: what it changed is again as it was
    ");
}
