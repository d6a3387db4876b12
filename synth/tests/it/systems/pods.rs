//! S1: what a system on EKS is rendered to.

use serde_json::Value as Json;
use synth::model::Capacity;
use synth::schema::kubernetes::{Node, Type, Version, kind};
use synth::systems::predictor;

use super::{S1, S3, out};

/// The objects of an environment, by their files.
pub(super) fn objects(environment: &str) -> Vec<(String, Json)> {
    S1.objects(environment)
}

pub(super) fn object(environment: &str, kind: &str, name: &str) -> Json {
    S1.object(environment, kind, name)
}

/// What does not fit the schema.
fn unfit(node: Node, value: &Json, at: &str, found: &mut Vec<String>) {
    let below = |node: Option<Node>, name: &str, value: &Json, found: &mut Vec<String>| match node {
        Some(node) => unfit(node, value, &format!("{at}.{name}"), found),
        None => found.push(format!("{at}.{name} is unknown")),
    };
    let map = || value.as_object().into_iter().flatten();
    let fits = match node.kind() {
        Type::String => {
            let text = value.as_str().unwrap_or_default();
            value.is_string() && (node.allowed().next().is_none() || node.allowed().any(|one| one == text))
        }
        Type::Quantity | Type::IntOrString => value.is_string() || value.is_i64(),
        Type::Integer => value.is_i64(),
        Type::Boolean => value.is_boolean(),
        Type::Number => value.is_number(),
        Type::Anything => true,
        Type::Object => {
            map().for_each(|(name, value)| below(node.field(name), name, value, found));
            let lacks = node.required().filter(|name| value.get(name).is_none());
            found.extend(lacks.map(|name| format!("{at} lacks {name}")));
            value.is_object()
        }
        Type::Map => {
            map().for_each(|(name, value)| below(node.values().or(Some(node)), name, value, found));
            value.is_object()
        }
        Type::Array => {
            let items = value.as_array().into_iter().flatten();
            items.for_each(|value| below(node.items(), "*", value, found));
            value.is_array()
        }
    };
    if !fits {
        found.push(format!("{at} is {value}"));
    }
}

#[test]
fn the_checks_say_nothing_of_it() {
    assert_eq!(S1.rendered.findings, Vec::new());
}

#[test]
fn the_checks_look_at_the_manifests_of_each_environment() {
    let mut system = predictor();
    system.environments[0].scale.capacity = Capacity::Fixed(1);
    let found = out(&system).rendered.findings;
    let found: Vec<_> = found
        .iter()
        .map(|finding| (finding.file.as_str(), finding.rule))
        .collect();
    assert_eq!(found, [("out/predictor/dev/k8s/65-deployment.yaml", "single-replica")]);
}

#[test]
fn every_object_has_what_the_definitions_of_its_version_have() {
    let mut found = Vec::new();
    for (path, object) in ["dev", "prod"].into_iter().flat_map(objects) {
        let (group, name) = (object["apiVersion"].as_str().unwrap(), object["kind"].as_str().unwrap());
        let kind = kind(Version::V1_36, group, name).unwrap_or_else(|| panic!("{path}: no {name} in {group}"));
        unfit(kind.root(), &object, &format!("{path} {name}"), &mut found);
        let namespace = object["metadata"].get("namespace");
        assert_eq!(namespace.is_some(), kind.namespaced(), "{path}");
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn the_files_are_in_the_order_of_application() {
    let files = S1
        .rendered
        .files
        .keys()
        .filter_map(|path| path.strip_prefix("out/predictor/prod/k8s/"));
    insta::assert_snapshot!(files.collect::<Vec<_>>().join("\n"), @r"
    00-namespace.yaml
    05-resourcequota.yaml
    10-limitrange.yaml
    15-serviceaccount.yaml
    20-role.yaml
    25-rolebinding.yaml
    30-ingressclassparams.yaml
    35-ingressclass.yaml
    40-configmap.yaml
    45-networkpolicy.yaml
    50-service.yaml
    55-ingress.yaml
    60-poddisruptionbudget.yaml
    65-deployment.yaml
    70-horizontalpodautoscaler.yaml
    ");
}

#[test]
fn a_deployment_that_scales_names_no_number_and_one_that_does_not_names_it() {
    assert_eq!(object("dev", "Deployment", "predictor")["spec"]["replicas"], 2);
    assert_eq!(object("prod", "Deployment", "predictor")["spec"].get("replicas"), None);
    let scaled = object("prod", "HorizontalPodAutoscaler", "predictor");
    assert_eq!(
        (&scaled["spec"]["minReplicas"], &scaled["spec"]["maxReplicas"]),
        (&2.into(), &10.into())
    );
}

#[test]
fn only_the_image_and_outputs_of_stacks_are_left_open() {
    let mut open: Vec<&str> = Vec::new();
    for (path, text) in S1.rendered.files.iter().filter(|(path, _)| path.contains("/prod/k8s/")) {
        let placeholders = text.split("${").skip(1).filter_map(|rest| rest.split('}').next());
        open.extend(placeholders.inspect(|name| assert!(!name.is_empty(), "{path}")));
    }
    open.sort_unstable();
    assert_eq!(
        open,
        [
            "image.digest",
            "image.tag",
            "network.AccessLogsBucketName",
            "network.FirewallArn"
        ]
    );
    let network: &Json = &S1.templates["prod/network"];
    for output in ["AccessLogsBucketName", "FirewallArn"] {
        assert!(network["Outputs"][output].is_object(), "{output}");
    }
}

#[test]
fn whoever_deploys_may_touch_what_is_applied_and_nothing_that_says_what_it_may_do() {
    let role = object("prod", "Role", "deployers");
    let rules = role["rules"].as_array().unwrap().iter();
    let rules = rules.map(|rule| {
        let words = |key: &str| {
            let words = rule[key].as_array().into_iter().flatten();
            words.filter_map(Json::as_str).collect::<Vec<_>>().join(",")
        };
        format!(
            "{} [{}]: {}",
            words("resources"),
            words("resourceNames"),
            words("verbs")
        )
    });
    insta::assert_snapshot!(rules.collect::<Vec<_>>().join("\n"), @r"
    configmaps [predictor]: create,get,patch
    events []: list
    pods []: list
    pods/log []: get
    services [predictor]: create,get,patch
    deployments [predictor]: create,get,list,patch,watch
    horizontalpodautoscalers [predictor]: create,get,patch
    ingresses [predictor]: create,get,patch
    networkpolicies [default-deny,predictor]: create,get,patch
    poddisruptionbudgets [predictor]: create,get,patch
    ");
}

#[test]
fn whoever_reviews_may_only_look() {
    for rule in object("prod", "Role", "reviewers")["rules"].as_array().unwrap() {
        assert_eq!(rule["verbs"], serde_json::json!(["get"]), "{rule}");
    }
}

#[test]
fn pods_stop_after_the_load_balancer_has_forgotten_them() {
    let pod = object("prod", "Deployment", "predictor")["spec"]["template"]["spec"].clone();
    let sleep = pod["containers"][0]["lifecycle"]["preStop"]["sleep"]["seconds"]
        .as_i64()
        .unwrap();
    assert_eq!((sleep, pod["terminationGracePeriodSeconds"].as_i64()), (30, Some(60)));
    let target = object("prod", "Ingress", "predictor")["metadata"]["annotations"]
        ["alb.ingress.kubernetes.io/target-group-attributes"]
        .clone();
    assert_eq!(target, format!("deregistration_delay.timeout_seconds={sleep}"));
}

#[test]
fn alarms_of_the_load_balancer_are_off_until_there_is_one() {
    let alarms = &S1.templates["prod/observability"]["Resources"];
    let on = |id: &str| alarms[id]["Properties"].get("ActionsEnabled").cloned();
    assert_eq!(
        on("UnhealthyTasksAlarm"),
        Some(serde_json::json!({ "Fn::If": ["HasEntry", true, false] }))
    );
    assert_eq!(on("HighCpuAlarm"), None);
}

#[test]
fn the_secret_is_read_by_the_pods_of_one_account_and_nobody_else() {
    let identity = &S1.templates["prod/identity"]["Resources"];
    let association = &identity["PodIdentityAssociation"]["Properties"];
    assert_eq!(association["ServiceAccount"], "predictor");
    let role = &identity["PodRole"]["Properties"];
    let trusted = &role["AssumeRolePolicyDocument"]["Statement"][0]["Condition"]["StringEquals"];
    assert_eq!(trusted["aws:RequestTag/kubernetes-service-account"], "predictor");
    assert_eq!(
        object("prod", "ConfigMap", "predictor")["data"]["SERVICE_SECRET"],
        "predictor-prod-service"
    );
}

/// The checks of others that an object is said not to need, with the reasons.
fn waived(environment: &str, kind: &str, name: &str) -> Vec<(String, String)> {
    let object = object(environment, kind, name);
    let annotations = object["metadata"]["annotations"].as_object().into_iter().flatten();
    let notes = annotations.filter(|(key, _)| key.starts_with("checkov.io/") || key.starts_with("allow.trivy/"));
    notes
        .map(|(key, value)| (key.clone(), value.as_str().unwrap().to_owned()))
        .collect()
}

#[test]
fn checks_of_others_that_do_not_apply_stand_in_the_objects_with_their_reasons() {
    let user = "The image is made for the user 1000, who has no rights outside the pod";
    let expected = [
        ("allow.trivy/KSV-0020", user.to_owned()),
        ("allow.trivy/KSV-0021", user.to_owned()),
        ("checkov.io/skip1", format!("CKV_K8S_40={user}")),
    ];
    let expected = expected.map(|(key, reason)| (key.to_owned(), reason));
    assert_eq!(waived("prod", "Deployment", "predictor"), expected);
}

#[test]
fn a_role_that_only_looks_waives_nothing() {
    assert_eq!(waived("prod", "Role", "reviewers"), []);
}

#[test]
fn a_page_tells_the_checks_that_do_not_apply_to_objects() {
    let page = &S1.rendered.files["out/predictor/EXCEPTIONS.md"];
    let row = "| Role `deployers` in dev and prod | trivy | `KSV-0056` | A release is such a change; ";
    assert!(page.contains(row), "{page}");
}

#[test]
fn settings_without_a_secret_waive_nothing_about_secrets() {
    let mut system = predictor();
    system.service.needs.clear();
    system.stores.clear();
    let out = out(&system);
    let config = &out.rendered.files["out/predictor/prod/k8s/40-configmap.yaml"];
    assert!(config.contains("KSV-01010") && !config.contains("KSV-0109"), "{config}");
}

#[test]
fn s3_81_pods_of_a_machine_that_is_away_come_elsewhere_in_less_than_five_minutes() {
    for (system, environment, name) in [
        (&*S1, "prod", "predictor"),
        (&*S3, "production", "healthcare-prediction-api"),
    ] {
        let pod = system.object(environment, "Deployment", name)["spec"]["template"]["spec"].take();
        let tolerated = pod["tolerations"].as_array().unwrap();
        for state in ["not-ready", "unreachable"] {
            let key = format!("node.kubernetes.io/{state}");
            let stay = tolerated
                .iter()
                .find(|one| one["key"] == *key && one["effect"] == "NoExecute");
            // The cluster waits for word of the machine before, and others start after.
            assert!(stay.unwrap()["tolerationSeconds"].as_u64().unwrap() <= 60, "{name}");
        }
        // Those that were there count until they are known to be gone: a zone has a third of them at the most.
        let number = |kind: &str, at: &str| {
            let object = system.object(environment, kind, name);
            let found = object.pointer(at).unwrap();
            found.as_u64().or_else(|| found.as_str()?.parse().ok()).unwrap()
        };
        let most = number("HorizontalPodAutoscaler", "/spec/maxReplicas");
        assert!(
            number("ResourceQuota", "/spec/hard/pods") >= most + most.div_ceil(3),
            "{name}"
        );
        // Nobody waits for the zone of the machine.
        for spread in pod["topologySpreadConstraints"].as_array().unwrap() {
            assert_eq!(spread["nodeTaintsPolicy"], "Honor", "{name}");
        }
    }
}
