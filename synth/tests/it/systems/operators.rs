//! What runs in a cluster for others: to the byte what the lock says, and installed by a person.

use serde_json::{Value as Json, json};
use synth::model::{Digest, Kubernetes, Operator, Pin, Platform, System};
use synth::systems::predictor;

use super::ON_MACHINES;
use super::machines::{digest, pin, six};
use crate::alone;

#[test]
fn an_operator_is_installed_by_digests_alone() {
    let lock: Json = serde_json::from_str(&ON_MACHINES.rendered.files["out/predictor/operators/lock.json"]).unwrap();
    insta::assert_snapshot!(lock[0]["images"][0].as_str().unwrap(), @"public.ecr.aws/eks/aws-load-balancer-controller:v3.5.0@sha256:1111111111111111111111111111111111111111111111111111111111111111");
    let script = &ON_MACHINES.rendered.files["out/predictor/deploy.sh"];
    let line = format!(
        "https://aws.github.io/eks-charts 3.5.0 {}",
        lock[0]["sum"].as_str().unwrap()
    );
    assert!(script.contains(&line), "{line}");
}

#[test]
fn operators_come_before_what_they_answer_for() {
    let script = &ON_MACHINES.rendered.files["out/predictor/deploy.sh"];
    let at = |what: &str| script.find(what).unwrap_or_else(|| panic!("no {what}"));
    assert!(at("\n  install_operators\n") < at("\n  with_files apply -- \"${by_hand[@]}\""));
}

#[test]
fn the_controller_is_for_one_cluster_one_namespace_and_the_tags_that_its_rights_ask_for() {
    let path = "out/predictor/prod/operators/aws-load-balancer-controller-values.yaml";
    let values: Json = yaml_serde::from_str(&ON_MACHINES.rendered.files[path]).unwrap();
    assert_eq!(
        (&values["clusterName"], &values["watchNamespace"]),
        (&json!("predictor-prod"), &json!("predictor"))
    );
    let tags = json!({ "environment": "prod", "system": "predictor" });
    assert_eq!((&values["defaultTags"], &values["vpcTags"]), (&tags, &tags));
    let (_, account) = CONTROLLER;
    assert_eq!(values["serviceAccount"]["name"], account);
    let association = ON_MACHINES.of("prod/identity", "ControllerIdentityAssociation");
    assert_eq!(
        (&association["Namespace"], &association["ServiceAccount"]),
        (&json!(CONTROLLER.0), &json!(account))
    );
}

/// Where the controller runs, and as whom.
const CONTROLLER: (&str, &str) = ("kube-system", "aws-load-balancer-controller");

#[test]
fn the_pipeline_may_look_at_operators_and_not_touch_them() {
    for group in ["deployers", "reviewers"] {
        let role = ON_MACHINES.object("prod", "Role", &format!("predictor-{group}"));
        assert_eq!(role["metadata"]["namespace"], CONTROLLER.0);
        assert_eq!(
            role["rules"],
            json!([{ "apiGroups": ["apps"], "resourceNames": [CONTROLLER.1], "resources": ["deployments"], "verbs": ["get"] }])
        );
    }
}

#[test]
fn the_pipeline_brings_no_manifests_beside_other_operators_than_those_of_the_lock() {
    let files = ON_MACHINES.rendered.files.iter();
    let mut files = files.filter(|(path, _)| path.contains(".github/workflows/"));
    let (_, deploy) = files.find(|(path, _)| path.ends_with("deploy-stacks.yml")).unwrap();
    let at = |what: &str| deploy.find(what).unwrap_or_else(|| panic!("no {what}"));
    assert!(at("Compare the operators with the lock") < at("Apply the manifests"));
}

#[test]
fn an_operator_that_nothing_needs_is_refused() {
    let mut kubernetes = Kubernetes::eks();
    kubernetes.pins.push(pin());
    let platform = Platform::Kubernetes(kubernetes);
    insta::assert_snapshot!(alone::verdict(System { platform, ..predictor() }), @"Kubernetes.pins: `aws-load-balancer-controller` is pinned, and nothing here needs it; take the Pin out");
}

#[test]
fn a_tag_is_no_digest() {
    let pin = Pin::new(Operator::LoadBalancers, digest('c'), Digest::new("latest"));
    let platform = Platform::Kubernetes(Kubernetes::eks().on(six(), [pin]));
    insta::assert_snapshot!(alone::verdict(System { platform, ..predictor() }), @"Pin.images: `latest` is not a digest; give `sha256:` and the 64 digits and letters that follow");
}
