//! What all environments share in the cluster, and who deploys.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};
use synth::checks::{Options, manifest as checks};
use synth::machines::IMAGES;
use synth::model::Kubeadm;

use super::{documents, files};

fn addons() -> Vec<Json> {
    documents(&files(Kubeadm::V1_30)["cluster/addons.yaml"])
}

/// An object of a kind, in a namespace; no namespace is one for all.
fn object(all: &[Json], kind: &str, namespace: Option<&str>, name: &str) -> Json {
    let is = |one: &&Json| {
        one["kind"] == kind && one["metadata"]["namespace"].as_str() == namespace && one["metadata"]["name"] == name
    };
    all.iter()
        .find(is)
        .unwrap_or_else(|| panic!("no {kind} {name}"))
        .clone()
}

fn containers(pod: &Json) -> Vec<Json> {
    let of = |name: &str| pod[name].as_array().cloned().unwrap_or_default();
    [of("initContainers"), of("containers")].concat()
}

/// The pods of all that runs.
fn pods() -> Vec<Json> {
    let all = addons();
    let pods: Vec<Json> = all
        .iter()
        .map(|one| one["spec"]["template"]["spec"].clone())
        .filter(Json::is_object)
        .collect();
    assert_eq!(pods.len(), 2);
    pods
}

#[test]
fn each_image_is_named_by_a_sum_that_a_person_looked_at() {
    let images: Vec<String> = pods()
        .iter()
        .flat_map(containers)
        .map(|one| one["image"].as_str().unwrap().to_owned())
        .collect();
    for image in &images {
        let (tagged, sum) = image.split_once('@').unwrap();
        assert!(
            IMAGES.contains(&tagged) && sum == format!("${{digest:{tagged}}}"),
            "{image}"
        );
    }
    let setup = &files(Kubeadm::V1_30)["setup.sh"];
    assert!(
        IMAGES
            .iter()
            .all(|image| setup.contains(image) && images.iter().any(|used| used.starts_with(image)))
    );
}

#[test]
fn each_container_has_a_most() {
    for container in pods().iter().flat_map(containers) {
        assert!(
            container["resources"]["limits"]["memory"].is_string(),
            "{}",
            container["name"]
        );
        assert!(
            container["resources"]["limits"]["cpu"].is_string(),
            "{}",
            container["name"]
        );
    }
}

#[test]
fn the_network_has_the_addresses_of_pods_that_kubeadm_gives() {
    let settings = object(&addons(), "ConfigMap", Some("kube-flannel"), "flannel");
    let network: Json = serde_json::from_str(settings["data"]["net-conf.json"].as_str().unwrap()).unwrap();
    assert_eq!(network["Network"], synth::model::PODS);
}

#[test]
fn pods_are_held_to_their_policies() {
    let all = addons();
    let daemon = object(&all, "DaemonSet", Some("kube-flannel"), "flannel");
    let containers = containers(&daemon["spec"]["template"]["spec"]);
    assert!(containers.iter().any(|one| one["name"] == "policies"));
    let role = object(&all, "ClusterRole", None, "flannel");
    assert!(
        role["rules"]
            .as_array()
            .unwrap()
            .iter()
            .any(|rule| rule["resources"] == json!(["networkpolicies"]))
    );
}

#[test]
fn only_the_network_may_change_machines() {
    let namespaces: Vec<Json> = addons().into_iter().filter(|one| one["kind"] == "Namespace").collect();
    let levels: Vec<&Json> = namespaces
        .iter()
        .map(|one| &one["metadata"]["labels"]["pod-security.kubernetes.io/enforce"])
        .collect();
    assert_eq!(levels, ["privileged"]);
    let metrics = object(&addons(), "Deployment", Some("kube-system"), "metrics-server");
    assert_eq!(
        metrics["spec"]["template"]["spec"]["containers"][0]["securityContext"]["readOnlyRootFilesystem"],
        true
    );
}

/// What the account that deploys a namespace may do there, a line for each rule.
fn rights(all: &[Json], namespace: &str) -> String {
    let role = object(all, "Role", Some(namespace), "deployer");
    let words = |value: &Json| {
        let all = value.as_array().into_iter().flatten();
        all.filter_map(Json::as_str).collect::<Vec<_>>().join(" ")
    };
    let line = |rule: &Json| {
        let (group, resource) = (words(&rule["apiGroups"]), words(&rule["resources"]));
        let names = words(&rule["resourceNames"]);
        format!("{group}/{resource} {names}: {}", words(&rule["verbs"]))
    };
    let rules = role["rules"].as_array().unwrap();
    rules.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn who_deploys_an_environment_may_do_what_is_applied_there_and_no_more() {
    let all = documents(&files(Kubeadm::V1_30)["cluster/deployers.yaml"]);
    assert_snapshot!(rights(&all, "dev"), @"
    /configmaps fastapi: create patch
    /serviceaccounts fastapi: create patch
    /services fastapi: create patch
    apps/deployments fastapi: create patch
    networking.k8s.io/networkpolicies default-deny fastapi fastapi-node-port: create patch
    /events : list
    /pods : list
    apps/deployments : get list watch
    ");
    assert_eq!(rights(&all, "stage"), rights(&all, "dev"));
    let scales = "autoscaling/horizontalpodautoscalers fastapi-hpa: create patch";
    assert!(rights(&all, "prod").contains(scales) && !rights(&all, "dev").contains(scales));
    for namespace in ["dev", "stage", "prod"] {
        let binding = object(&all, "RoleBinding", Some(namespace), "deployer");
        assert_eq!(
            binding["subjects"],
            json!([{ "kind": "ServiceAccount", "name": "deployer", "namespace": namespace }])
        );
    }
}

#[test]
fn the_checks_say_nothing_of_what_is_applied_to_any_version() {
    for version in Kubeadm::ALL {
        let all = files(version);
        for name in ["cluster/addons.yaml", "cluster/deployers.yaml"] {
            let documents = synth::read::documents(name, &all[name]).unwrap();
            let options = Options {
                kubernetes: Some(version.definitions()),
                partial: true,
                ..Options::default()
            };
            let findings = checks::judge(&documents, &options);
            assert!(findings.is_empty(), "{name}: {findings:?}");
        }
    }
}
