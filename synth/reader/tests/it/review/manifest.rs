//! Manifests: what happens to objects.

use insta::assert_snapshot;

use super::{object, objects, told};
use synth_reader::review::FailOn;

/// An object `x` of a kind with some lines below.
fn of(api_version: &str, kind: &str, lines: &str) -> String {
    format!("apiVersion: {api_version}\nkind: {kind}\nmetadata: {{name: x, namespace: shop}}\n{lines}\n")
}

fn changed(api_version: &str, kind: &str, old: &str, new: &str) -> String {
    object(&of(api_version, kind, old), &of(api_version, kind, new))
}

/// A Deployment with some lines of its `spec`, of its pods' and of its container.
fn deployment(spec: &str, pod: &str, container: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web, namespace: shop}}\nspec: {{selector: {{matchLabels: \
         {{app: web}}}}, {spec} template: {{metadata: {{labels: {{app: web}}}}, spec: {{{pod} containers: [{{name: web, \
         image: 'a:1', {container}}}]}}}}}}\n"
    )
}

fn spec(old: &str, new: &str) -> String {
    object(&deployment(old, "", ""), &deployment(new, "", ""))
}

fn container(old: &str, new: &str) -> String {
    object(&deployment("", "", old), &deployment("", "", new))
}

#[test]
fn what_the_server_would_write_changes_nothing() {
    assert_snapshot!(object(
        &deployment("", "", "ports: [{containerPort: 80}], resources: {limits: {cpu: 500m, memory: 1Gi}}"),
        &deployment(
            "replicas: 1, strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 25%}}, \
             revisionHistoryLimit: 10,",
            "restartPolicy: Always, terminationGracePeriodSeconds: 30, dnsPolicy: ClusterFirst,",
            "imagePullPolicy: IfNotPresent, ports: [{containerPort: 80, protocol: TCP}], env: [], \
             resources: {limits: {cpu: 0.5, memory: 1024Mi}}",
        ),
    ), @"");
}

#[test]
fn lists_with_keys_in_another_order_change_nothing() {
    assert_snapshot!(container(
        "env: [{name: A, value: a}, {name: B, value: b}], ports: [{containerPort: 80}, {containerPort: 81}]",
        "env: [{name: B, value: b}, {name: A, value: a}], ports: [{containerPort: 81}, {containerPort: 80}]",
    ), @"");
}

#[test]
fn what_the_server_wrote_counts_for_nothing() {
    let old = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: b}\n";
    let new = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, uid: b, resourceVersion: '1', creationTimestamp: null, \
               annotations: {kubectl.kubernetes.io/last-applied-configuration: c}}\ndata: {a: b}\n";
    assert_snapshot!(object(old, new), @"");
}

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
    Deployment shop/web: updated with an interruption
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
fn a_selector_is_refused() {
    let old = deployment("", "", "");
    assert_snapshot!(object(&old, &old.replace("{app: web}", "{app: site}")), @"
    Deployment shop/web: REFUSED by the API server
      spec.selector.matchLabels.app: web → site; the API server refuses to change it
      spec.template.metadata.labels.app: web → site; part of the pods' template
      note: to get there, delete it and then make it anew; its pods stop until then
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
    StatefulSet shop/x: REFUSED by the API server
      spec.volumeClaimTemplates[0].spec.resources.requests.storage: 1Gi → 2Gi; the API server refuses to change it
      note: to get there, delete it and then make it anew; its pods stop until then
    ");
    assert_snapshot!(changed("apps/v1", "StatefulSet", &spec("1Gi", 1), &spec("1024Mi", 2)), @"
    StatefulSet shop/x: updated in place
      spec.replicas: 1 → 2
    ");
}

#[test]
fn a_job_is_refused_unless_somebody_replaces_it() {
    let spec = |image: &str| {
        format!("spec: {{template: {{spec: {{restartPolicy: Never, containers: [{{name: a, image: '{image}'}}]}}}}}}")
    };
    let told = |more: &str| {
        let of =
            |image| of("batch/v1", "Job", &spec(image)).replace("namespace: shop", &format!("namespace: shop{more}"));
        object(&of("a:1"), &of("a:2"))
    };
    assert_snapshot!(told(""), @"
    Job shop/x: REFUSED by the API server
      spec.template.spec.containers[a].image: a:1 → a:2; the API server refuses to change it
      note: to get there, delete it and then make it anew; its pods stop until then
    ");
    assert_snapshot!(told(", annotations: {helm.sh/hook: pre-upgrade}"), @"
    Job shop/x: REPLACED
      spec.template.spec.containers[a].image: a:1 → a:2; Helm deletes a hook before it makes it anew
    ");
    assert_snapshot!(changed("batch/v1", "Job", &format!("{}\n", spec("a:1")), &spec("a:1").replace("spec: {template", "spec: {suspend: false, backoffLimit: 2, template")), @"
    Job shop/x: updated in place
      spec.backoffLimit: 6 → 2
    ");
}

#[test]
fn a_claim_may_grow_and_nothing_else() {
    let spec = |storage: &str, class: &str| {
        format!("spec: {{{class} accessModes: [ReadWriteOnce], resources: {{requests: {{storage: {storage}}}}}}}")
    };
    let told = |old: &str, new: &str| changed("v1", "PersistentVolumeClaim", old, new);
    assert_snapshot!(told(&spec("2Gi", ""), &spec("1Gi", "")), @"
    PersistentVolumeClaim shop/x: REFUSED by the API server
      spec.resources.requests.storage: 2Gi → 1Gi; the API server refuses a claim that shrinks
      note: to get there, delete it and then make it anew; its data does not come along
    ");
    assert_snapshot!(told(&spec("1Gi", ""), &spec("2Gi", "")), @"
    PersistentVolumeClaim shop/x: updated in place
      spec.resources.requests.storage: 1Gi → 2Gi
    ");
    assert_snapshot!(told(&spec("1Gi", "storageClassName: a,"), &spec("1Gi", "storageClassName: b,")), @"
    PersistentVolumeClaim shop/x: REFUSED by the API server
      spec.storageClassName: a → b; the API server refuses to change it
      note: to get there, delete it and then make it anew; its data does not come along
    ");
    assert_snapshot!(told(&spec("1Gi", ""), &spec("1Gi", "volumeName: a,")), @"
    PersistentVolumeClaim shop/x: updated in place
      spec.volumeName: - → a
    ");
}

#[test]
fn a_service_keeps_its_address() {
    let told = |old: &str, new: &str| {
        changed(
            "v1",
            "Service",
            &format!("spec: {{ports: [{{port: 80}}]{old}}}"),
            &format!("spec: {{ports: [{{port: 80, targetPort: 80}}]{new}}}"),
        )
    };
    assert_snapshot!(told(", clusterIP: 10.0.0.1", ", clusterIP: 10.0.0.2"), @"
    Service shop/x: REFUSED by the API server
      spec.clusterIP: 10.0.0.1 → 10.0.0.2; the API server refuses another address
      note: to get there, delete it and then make it anew; until then its name is not resolved
    ");
    assert_snapshot!(told("", ", clusterIP: None"), @"
    Service shop/x: REFUSED by the API server
      spec.clusterIP: - → None; the API server refuses to take the address away that it gave
      note: to get there, delete it and then make it anew; until then its name is not resolved
    ");
    assert_snapshot!(told(", clusterIP: 10.0.0.1", ""), @"
    Service shop/x: updated in place
      spec.clusterIP: 10.0.0.1 → -
    ");
    assert_snapshot!(told("", ", type: ClusterIP, sessionAffinity: None"), @"");
}

#[test]
fn what_is_immutable_is_refused() {
    assert_snapshot!(changed("v1", "ConfigMap", "immutable: true\ndata: {a: b}", "immutable: true\ndata: {a: c}"), @"
    ConfigMap shop/x: REFUSED by the API server
      data.a: b → c; it is immutable, so that the API server refuses it
      note: to get there, delete it and then make it anew
    ");
    assert_snapshot!(changed("v1", "ConfigMap", "data: {a: b}", "immutable: true\ndata: {a: c}"), @"
    ConfigMap shop/x: updated in place
      data.a: b → c
      immutable: - → true
    ");
    assert_snapshot!(changed("v1", "Secret", "type: a", "type: b"), @"
    Secret shop/x: REFUSED by the API server
      type: a → b; the API server refuses to change it
      note: to get there, delete it and then make it anew
    ");
    assert_snapshot!(changed("storage.k8s.io/v1", "StorageClass", "provisioner: a", "provisioner: b\nallowVolumeExpansion: true"), @"
    StorageClass x: REFUSED by the API server
      provisioner: a → b; the API server refuses to change it
      allowVolumeExpansion: false → true
      note: to get there, delete it and then make it anew
    ");
    assert_snapshot!(changed("scheduling.k8s.io/v1", "PriorityClass", "value: 1", "value: 2"), @"
    PriorityClass x: REFUSED by the API server
      value: 1 → 2; the API server refuses to change it
      note: to get there, delete it and then make it anew
    ");
    assert_snapshot!(changed("rbac.authorization.k8s.io/v1", "RoleBinding", "roleRef: {kind: Role, name: a}", "roleRef: {kind: Role, name: b}"), @"
    RoleBinding shop/x: REFUSED by the API server
      roleRef.name: a → b; the API server refuses to change it
      note: to get there, delete it and then make it anew; until then its subjects have no rights by it
    ");
    assert_snapshot!(changed("v1", "ResourceQuota", "spec: {scopes: [BestEffort]}", "spec: {scopes: [NotBestEffort], hard: {pods: 1}}"), @r#"
    ResourceQuota shop/x: REFUSED by the API server
      spec.scopes: ["BestEffort"] → ["NotBestEffort"]; the API server refuses to change it
      spec.hard: - → {pods: 1}
      note: to get there, delete it and then make it anew
    "#);
    assert_snapshot!(changed("apiextensions.k8s.io/v1", "CustomResourceDefinition", "spec: {scope: Cluster}", "spec: {scope: Namespaced}"), @"
    CustomResourceDefinition x: REFUSED by the API server
      spec.scope: Cluster → Namespaced; the API server refuses to change it
      note: to get there, delete it and then make it anew; all objects of its kind go with it
    ");
}

#[test]
fn kinds_of_others_are_never_refused() {
    assert_snapshot!(changed("example.com/v1", "Deployment", "spec: {selector: {a: b}}", "spec: {selector: {a: c}}"), @"
    Deployment shop/x: updated in place
      spec.selector.a: b → c
    ");
}

const PODS: &str = "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web, version: one}}, spec: {containers: [{name: a, image: 'a:1', ports: [{name: http, containerPort: 80}]}]}}}\n";

fn service(selector: &str) -> String {
    of(
        "v1",
        "Service",
        &format!("spec: {{selector: {{{selector}}}, ports: [{{port: 80, targetPort: http}}]}}"),
    )
}

#[test]
fn traffic_moves_with_the_selector_of_a_service() {
    let (old, new) = (service("app: web") + PODS, service("app: web, version: one") + PODS);
    assert_snapshot!(object(&old, &new), @"
    Service shop/x: updated in place, and traffic moves
      spec.selector.version: - → one; traffic moves to the pods with these labels
    ");
}

#[test]
fn a_selector_that_finds_nothing_any_more_is_told() {
    assert_snapshot!(object(&(service("app: web") + PODS), &(service("app: site") + PODS)), @"
    Service shop/x: updated in place, and traffic moves
      spec.selector.app: web → site; traffic moves to the pods with these labels
      note: no pod of these files has the labels that it looks for any more
    ");
    let pods = PODS.replace("version: one", "version: two");
    assert_snapshot!(object(&(service("app: web, version: one") + PODS), &(service("app: web, version: one") + &pods)), @"
    Deployment shop/web: updated, and its pods restart
      spec.template.metadata.labels.version: one → two; part of the pods' template
      note: its pod restarts: at most 25% missing and 25% more at a time
    Service shop/x: updated in place, and traffic moves
      note: no pod of these files has the labels that it looks for any more
    ");
}

#[test]
fn a_selector_that_found_nothing_before_is_silent() {
    assert_snapshot!(object(&service("app: web"), &service("app: web")), @"");
}

#[test]
fn a_renamed_port_that_a_service_names_is_told() {
    let pods = PODS.replace("name: http,", "name: web,");
    assert_snapshot!(object(&(service("app: web") + PODS), &(service("app: web") + &pods)), @"
    Deployment shop/web: updated, and its pods restart
      spec.template.spec.containers[a].ports[80/TCP].name: http → web; part of the pods' template
      note: its pod restarts: at most 25% missing and 25% more at a time
    Service shop/x: updated in place, and traffic moves
      note: its pods no longer have a port named `http`
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

#[test]
fn an_object_that_moves_to_another_file_is_no_change() {
    let one = service("a: b");
    assert_snapshot!(told(&objects(&[("k8s/a.yaml", &one)], &[("k8s/b.yaml", &one)])), @"");
    assert_snapshot!(told(&objects(&[("old/a.yaml", &one)], &[("new/a.yaml", &one)])), @"
    Service shop/x: nothing changes
      note: moved from `old/a.yaml`
    ");
}

#[test]
fn objects_of_one_name_in_several_files_are_matched_by_file() {
    let (one, two) = (service("a: b"), service("a: c"));
    assert_snapshot!(told(&objects(&[("dev/a.yaml", &one), ("prod/a.yaml", &two)], &[("dev/a.yaml", &one), ("prod/a.yaml", &two)])), @"");
}

#[test]
fn a_name_that_kustomize_makes_is_a_new_name() {
    let map = |name: &str, value: &str| {
        format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}}}\ndata: {{a: {value}}}\n")
    };
    assert_snapshot!(object(&map("a-2g9h7k8m4t", "b"), &map("a-5t6b7c8d9f", "c")), @"
    ConfigMap a-2g9h7k8m4t: removed
      note: its content is in its name; what names the new one no longer reads it
    ConfigMap a-5t6b7c8d9f from a-2g9h7k8m4t: created
    ");
}

#[test]
fn a_list_is_read_as_its_items() {
    let list = |value: &str| {
        format!(
            "apiVersion: v1\nkind: List\nitems: [{{apiVersion: v1, kind: ConfigMap, metadata: {{name: a}}, data: {{a: {value}}}}}]\n"
        )
    };
    assert_snapshot!(object(&list("b"), &list("c")), @"
    ConfigMap a: updated in place
      data.a: b → c
    ");
}

#[test]
fn a_pipeline_fails_on_what_is_refused() {
    let old = deployment("", "", "");
    let files = |text: &str| objects(&[("a.yaml", &old)], &[("a.yaml", text)]);
    let refused = files(&old.replace("{app: web}", "{app: site}"));
    assert!(refused.fails_on(FailOn::Replace) && !refused.fails_on(FailOn::Delete));
    let rolled = files(&old.replace("a:1", "a:2"));
    assert!(!rolled.fails_on(FailOn::Replace) && rolled.fails_on(FailOn::Any) && !rolled.fails_on(FailOn::Wider));
}

#[test]
fn another_version_of_the_api_is_the_same_object() {
    let of = |version: &str, backend: &str| {
        format!(
            "apiVersion: {version}\nkind: Ingress\nmetadata: {{name: x}}\nspec: {{defaultBackend: {{{backend}}}}}\n"
        )
    };
    let old = of("networking.k8s.io/v1beta1", "serviceName: a");
    assert_snapshot!(object(&old, &of("networking.k8s.io/v1", "service: {name: a}")), @"
    Ingress x: updated in place
      apiVersion: networking.k8s.io/v1beta1 → networking.k8s.io/v1; the same object by another version of the API, of which the fields are not compared
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
