//! What the API server refuses.

use insta::assert_snapshot;

use super::super::{object, objects};
use super::{changed, deployment, of};
use synth_reader::review::FailOn;

#[test]
fn a_selector_is_refused() {
    let old = deployment("", "", "");
    assert_snapshot!(object(&old, &old.replace("{app: web}", "{app: site}")), @"
    Deployment shop/web: REFUSED
      spec.selector.matchLabels.app: web → site; the API server refuses to change it
      spec.template.metadata.labels.app: web → site; part of the pods' template
      note: to get there, delete it and then make it anew; its pods stop until then
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
    Job shop/x: REFUSED
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
    PersistentVolumeClaim shop/x: REFUSED
      spec.resources.requests.storage: 2Gi → 1Gi; the API server refuses a claim that shrinks
      note: to get there, delete it and then make it anew; its data does not come along
    ");
    assert_snapshot!(told(&spec("1Gi", ""), &spec("2Gi", "")), @"
    PersistentVolumeClaim shop/x: updated in place
      spec.resources.requests.storage: 1Gi → 2Gi
    ");
    assert_snapshot!(told(&spec("1Gi", "storageClassName: a,"), &spec("1Gi", "storageClassName: b,")), @"
    PersistentVolumeClaim shop/x: REFUSED
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
    Service shop/x: REFUSED
      spec.clusterIP: 10.0.0.1 → 10.0.0.2; the API server refuses another address
      note: to get there, delete it and then make it anew; until then its name is not resolved
    ");
    assert_snapshot!(told("", ", clusterIP: None"), @"
    Service shop/x: REFUSED
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
    ConfigMap shop/x: REFUSED
      data.a: b → c; it is immutable, so that the API server refuses it
      note: to get there, delete it and then make it anew
    ");
    assert_snapshot!(changed("v1", "ConfigMap", "data: {a: b}", "immutable: true\ndata: {a: c}"), @"
    ConfigMap shop/x: updated in place
      data.a: b → c
      immutable: - → true
    ");
    assert_snapshot!(changed("v1", "Secret", "type: a", "type: b"), @"
    Secret shop/x: REFUSED
      type: a → b; the API server refuses to change it
      note: to get there, delete it and then make it anew
    ");
    assert_snapshot!(changed("storage.k8s.io/v1", "StorageClass", "provisioner: a", "provisioner: b\nallowVolumeExpansion: true"), @"
    StorageClass x: REFUSED
      provisioner: a → b; the API server refuses to change it
      allowVolumeExpansion: false → true
      note: to get there, delete it and then make it anew
    ");
}

#[test]
fn what_others_rely_on_is_refused() {
    assert_snapshot!(changed("scheduling.k8s.io/v1", "PriorityClass", "value: 1", "value: 2"), @"
    PriorityClass x: REFUSED
      value: 1 → 2; the API server refuses to change it
      note: to get there, delete it and then make it anew
    ");
    assert_snapshot!(changed("rbac.authorization.k8s.io/v1", "RoleBinding", "roleRef: {kind: Role, name: a}", "roleRef: {kind: Role, name: b}"), @"
    RoleBinding shop/x: REFUSED
      roleRef.name: a → b; the API server refuses to change it
      note: to get there, delete it and then make it anew; until then its subjects have no rights by it
    ");
    assert_snapshot!(changed("v1", "ResourceQuota", "spec: {scopes: [BestEffort]}", "spec: {scopes: [NotBestEffort], hard: {pods: 1}}"), @r#"
    ResourceQuota shop/x: REFUSED
      spec.scopes: ["BestEffort"] → ["NotBestEffort"]; the API server refuses to change it
      spec.hard: - → {pods: 1}
      note: to get there, delete it and then make it anew
    "#);
    assert_snapshot!(changed("apiextensions.k8s.io/v1", "CustomResourceDefinition", "spec: {scope: Cluster}", "spec: {scope: Namespaced}"), @"
    CustomResourceDefinition x: REFUSED
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
fn fields_of_fewer_kinds_are_refused() {
    assert_snapshot!(changed("networking.k8s.io/v1", "IngressClass", "spec: {controller: a}", "spec: {controller: b}"), @"
    IngressClass x: REFUSED
      spec.controller: a → b; the API server refuses to change it
      note: to get there, delete it and then make it anew
    ");
    assert_snapshot!(changed("node.k8s.io/v1", "RuntimeClass", "handler: a", "handler: b"), @"
    RuntimeClass x: REFUSED
      handler: a → b; the API server refuses to change it
      note: to get there, delete it and then make it anew
    ");
    assert_snapshot!(changed("v1", "PersistentVolume", "spec: {csi: {driver: a}}", "spec: {csi: {driver: b}, capacity: {storage: 1Gi}}"), @r#"
    PersistentVolume x: REFUSED
      spec.csi.driver: a → b; the API server refuses to change it
      spec.capacity: - → {storage: "1Gi"}
      note: to get there, delete it and then make it anew; its data does not come along
    "#);
    assert_snapshot!(changed("discovery.k8s.io/v1", "EndpointSlice", "addressType: IPv4", "addressType: IPv6"), @"
    EndpointSlice shop/x: REFUSED
      addressType: IPv4 → IPv6; the API server refuses to change it
      note: to get there, delete it and then make it anew
    ");
    assert_snapshot!(changed("storage.k8s.io/v1", "VolumeAttributesClass", "driverName: a", "driverName: b"), @"
    VolumeAttributesClass x: REFUSED
      driverName: a → b; the API server refuses to change it
      note: to get there, delete it and then make it anew
    ");
    assert_snapshot!(changed("v1", "Service", "spec: {ipFamilies: [IPv4]}", "spec: {ipFamilies: [IPv6]}"), @r#"
    Service shop/x: REFUSED
      spec.ipFamilies: ["IPv4"] → ["IPv6"]; the API server refuses another first family of addresses
      note: to get there, delete it and then make it anew; until then its name is not resolved
    "#);
    assert_snapshot!(changed("v1", "Service", "spec: {loadBalancerClass: a}", "spec: {loadBalancerClass: b}"), @"
    Service shop/x: REFUSED
      spec.loadBalancerClass: a → b; the API server refuses another class of balancer
      note: to get there, delete it and then make it anew; until then its name is not resolved
    ");
}

#[test]
fn what_may_change_beside_them_is_not_refused() {
    assert_snapshot!(changed("networking.k8s.io/v1", "IngressClass", "spec: {controller: a}", "spec: {controller: a, parameters: {kind: b, name: c}}"), @r#"
    IngressClass x: updated in place
      spec.parameters: - → {kind: "b", name: "c"}
    "#);
    assert_snapshot!(changed("v1", "Service", "spec: {ipFamilies: [IPv4]}", "spec: {ipFamilies: [IPv4, IPv6]}"), @r#"
    Service shop/x: updated in place
      spec.ipFamilies: ["IPv4"] → ["IPv4", "IPv6"]
    "#);
}

#[test]
fn a_suspended_job_may_go_elsewhere() {
    let spec = |zone: &str, suspend: bool| {
        format!(
            "spec: {{suspend: {suspend}, template: {{spec: {{restartPolicy: Never, nodeSelector: {{zone: {zone}}}, containers: [{{name: a, image: a}}]}}}}}}"
        )
    };
    let told = |suspend| changed("batch/v1", "Job", &spec("a", suspend), &spec("b", suspend));
    assert_snapshot!(told(true), @"
    Job shop/x: updated in place
      spec.template.spec.nodeSelector.zone: a → b
    ");
    assert_snapshot!(told(false), @"
    Job shop/x: REFUSED
      spec.template.spec.nodeSelector.zone: a → b; the API server refuses to change it
      note: to get there, delete it and then make it anew; its pods stop until then
    ");
}

#[test]
fn a_pod_takes_another_image_and_nothing_else() {
    let spec = |image: &str, command: &str| {
        format!("spec: {{containers: [{{name: a, image: '{image}', command: [{command}]}}]}}")
    };
    assert_snapshot!(changed("v1", "Pod", &spec("a:1", "a"), &spec("a:2", "a")), @"
    Pod shop/x: updated, and its pods restart
      spec.containers[a].image: a:1 → a:2; the container restarts in its place
    ");
    assert_snapshot!(changed("v1", "Pod", &spec("a:1", "a"), &spec("a:1", "b")), @r#"
    Pod shop/x: REFUSED
      spec.containers[a].command: ["a"] → ["b"]; the API server refuses to change it
      note: to get there, delete it and then make it anew; its pods stop until then
    "#);
}

#[test]
fn who_replaces_by_force_is_named() {
    let told = |annotation: &str| {
        let old = deployment("", "", "").replace(
            "namespace: shop",
            &format!("namespace: shop, annotations: {{{annotation}}}"),
        );
        object(&old, &old.replace("{app: web}", "{app: site}"))
    };
    assert_snapshot!(told("argocd.argoproj.io/sync-options: 'Force=true,Replace=true'"), @"
    Deployment shop/web: REPLACED
      spec.selector.matchLabels.app: web → site; Argo CD is told to replace it by force
      spec.template.metadata.labels.app: web → site; part of the pods' template
    ");
    assert_snapshot!(told("kustomize.toolkit.fluxcd.io/force: enabled"), @"
    Deployment shop/web: REPLACED
      spec.selector.matchLabels.app: web → site; Flux is told to replace it by force
      spec.template.metadata.labels.app: web → site; part of the pods' template
    ");
    assert_snapshot!(told("argocd.argoproj.io/sync-options: Replace=true"), @"
    Deployment shop/web: REFUSED
      spec.selector.matchLabels.app: web → site; the API server refuses to change it
      spec.template.metadata.labels.app: web → site; part of the pods' template
      note: to get there, delete it and then make it anew; its pods stop until then
    ");
}
