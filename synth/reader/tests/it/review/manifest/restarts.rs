//! Which pods restart, and what is updated in place.

use insta::assert_snapshot;

use super::super::object;
use super::{changed, container, deployment, of, spec};

#[test]
fn a_list_in_which_the_order_counts_restarts_pods() {
    assert_snapshot!(container("args: [a, b]", "args: [b, a]"), @r#"
    Deployment shop/web: updated, and its pods restart
      spec.template.spec.containers[web].args: ["a", "b"] → ["b", "a"]; part of the pods' template
      note: its pod restarts: at most 25% missing and 25% more at a time
    "#);
}

#[test]
fn what_is_not_in_the_template_is_updated_in_place() {
    assert_snapshot!(spec("replicas: 2, minReadySeconds: 1,", "replicas: 3, minReadySeconds: 2, progressDeadlineSeconds: 9,"), @"
    Deployment shop/web: updated in place
      spec.minReadySeconds: 1 → 2
      spec.progressDeadlineSeconds: 600 → 9
      spec.replicas: 2 → 3
    ");
}

#[test]
fn an_image_restarts_pods() {
    let old = deployment("replicas: 3,", "", "");
    assert_snapshot!(object(&old, &old.replace("a:1", "a:2")), @"
    Deployment shop/web: updated, and its pods restart
      spec.template.spec.containers[web].image: a:1 → a:2; part of the pods' template
      note: its 3 pods restart: at most 25% missing and 25% more at a time
    ");
}

#[test]
fn an_annotation_of_the_template_restarts_pods_and_one_of_the_object_does_not() {
    let old = deployment("", "", "");
    assert_snapshot!(object(&old, &old.replace("template: {metadata: {", "template: {metadata: {annotations: {sum: a}, ")), @r#"
    Deployment shop/web: updated, and its pods restart
      spec.template.metadata.annotations: - → {sum: "a"}; part of the pods' template
      note: its pod restarts: at most 25% missing and 25% more at a time
    "#);
    assert_snapshot!(object(&old, &old.replace("namespace: shop", "namespace: shop, annotations: {sum: a}")), @r#"
    Deployment shop/web: updated in place
      metadata.annotations: - → {sum: "a"}
    "#);
}

#[test]
fn a_deployment_that_recreates_is_interrupted() {
    let old = deployment("strategy: {type: Recreate},", "", "");
    assert_snapshot!(object(&old, &old.replace("a:1", "a:2")), @"
    Deployment shop/web: OUTAGE: updated with an interruption
      spec.template.spec.containers[web].image: a:1 → a:2; all pods stop before the first new one starts
    ");
}

#[test]
fn a_paused_deployment_restarts_nothing() {
    let old = deployment("paused: true,", "", "");
    assert_snapshot!(object(&old, &old.replace("a:1", "a:2")), @"
    Deployment shop/web: updated in place
      spec.template.spec.containers[web].image: a:1 → a:2; the Deployment is paused: its pods restart when it goes on
    ");
}

#[test]
fn a_set_restarts_as_its_strategy_says() {
    let spec = |image: &str, strategy: &str| {
        format!(
            "spec: {{serviceName: x, {strategy} selector: {{matchLabels: {{a: b}}}}, template: {{metadata: {{labels: {{a: b}}}}, spec: {{containers: [{{name: a, image: '{image}'}}]}}}}}}"
        )
    };
    let told = |kind, strategy| changed("apps/v1", kind, &spec("a:1", strategy), &spec("a:2", strategy));
    assert_snapshot!(told("StatefulSet", "replicas: 3,"), @"
    StatefulSet shop/x: updated, and its pods restart
      spec.template.spec.containers[a].image: a:1 → a:2; part of the pods' template
      note: its 3 pods restart one after another, the last first
    ");
    assert_snapshot!(told("StatefulSet", "updateStrategy: {rollingUpdate: {partition: 2}},"), @"
    StatefulSet shop/x: updated, and its pods restart
      spec.template.spec.containers[a].image: a:1 → a:2; part of the pods' template
      note: its pods from number 2 on restart one after another, the last first
    ");
    assert_snapshot!(told("StatefulSet", "updateStrategy: {type: OnDelete},"), @"
    StatefulSet shop/x: updated in place
      spec.template.spec.containers[a].image: a:1 → a:2; a pod has it when somebody deletes the old one
    ");
    assert_snapshot!(told("DaemonSet", ""), @"
    DaemonSet shop/x: updated, and its pods restart
      spec.template.spec.containers[a].image: a:1 → a:2; part of the pods' template
      note: its pod restarts on every node, 1 at a time
    ");
}

#[test]
fn claims_of_a_set_are_refused_and_its_replicas_are_not() {
    let spec = |size: &str, replicas: u8| {
        format!(
            "spec: {{replicas: {replicas}, volumeClaimTemplates: [{{metadata: {{name: data}}, spec: {{resources: {{requests: {{storage: {size}}}}}}}}}]}}"
        )
    };
    assert_snapshot!(changed("apps/v1", "StatefulSet", &spec("1Gi", 1), &spec("2Gi", 1)), @"
    StatefulSet shop/x: REFUSED
      spec.volumeClaimTemplates[0].spec.resources.requests.storage: 1Gi → 2Gi; the API server refuses to change it
      note: to get there, delete it and then make it anew; its pods stop until then, unless it is deleted with `--cascade=orphan`
    ");
    assert_snapshot!(changed("apps/v1", "StatefulSet", &spec("1Gi", 1), &spec("1024Mi", 2)), @"
    StatefulSet shop/x: updated in place
      spec.replicas: 1 → 2
    ");
}

#[test]
fn replicas_that_leave_the_file_are_told_by_who_scales() {
    let (old, new) = (deployment("replicas: 3,", "", ""), deployment("", "", ""));
    assert_snapshot!(object(&old, &new), @"
    Deployment shop/web: updated in place
      spec.replicas: 3 → -; nothing scales it, so that server-side apply sets it to 1
    ");
    let scaler = "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web, namespace: shop}\nspec: {maxReplicas: 5, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}\n";
    assert_snapshot!(object(&(old + scaler), &(new + scaler)), @"
    Deployment shop/web: updated in place
      spec.replicas: 3 → -; from now on the autoscaler says how many
    ");
}

#[test]
fn variables_keep_what_a_config_map_was() {
    let map = |value: &str| of("v1", "ConfigMap", &format!("data: {{a: {value}}}"));
    let pods = format!("---\n{}", deployment("", "", "envFrom: [{configMapRef: {name: x}}]"));
    assert_snapshot!(object(&(map("b") + &pods), &(map("c") + &pods)), @"
    ConfigMap shop/x: updated in place
      data.a: b → c; variables of web keep the old value until its pods restart
    ");
    assert_snapshot!(object(&map("b"), &map("c")), @"
    ConfigMap shop/x: updated in place
      data.a: b → c
    ");
}

#[test]
fn replicas_beside_an_autoscaler_are_told() {
    let scaler = "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web, namespace: shop}\nspec: {maxReplicas: 5, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}\n";
    let (old, new) = (
        deployment("", "", "") + scaler,
        deployment("replicas: 3,", "", "") + scaler,
    );
    assert_snapshot!(object(&old, &new), @"
    Deployment shop/web: updated in place
      spec.replicas: - → 3; each apply takes the number back from the autoscaler
    ");
}

#[test]
fn what_only_later_pods_have_restarts_nothing() {
    let template = |image: &str| format!("template: {{spec: {{containers: [{{name: a, image: '{image}'}}]}}}}");
    let set = |image: &str| format!("spec: {{selector: {{matchLabels: {{a: b}}}}, {}}}", template(image));
    let cron = |image: &str| format!("spec: {{jobTemplate: {{spec: {{{}}}}}}}", template(image));
    assert_snapshot!(changed("apps/v1", "ReplicaSet", &set("a:1"), &set("a:2")), @"
    ReplicaSet shop/x: updated in place
      spec.template.spec.containers[a].image: a:1 → a:2; only pods that are made from now on have it
    ");
    assert_snapshot!(changed("batch/v1", "CronJob", &cron("a:1"), &cron("a:2")), @"
    CronJob shop/x: updated in place
      spec.jobTemplate.spec.template.spec.containers[a].image: a:1 → a:2; the next run has it
    ");
    let none = deployment("replicas: 0,", "", "");
    assert_snapshot!(object(&none, &none.replace("a:1", "a:2")), @"
    Deployment shop/web: updated in place
      spec.template.spec.containers[web].image: a:1 → a:2; it has no pods
    ");
}
