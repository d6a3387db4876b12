//! The environments, each of which is a namespace.

use serde_json::{Value as Json, json};

use super::{FILES, FOLDER, built, containers, object};

/// Pods, port and amounts of an environment, as they are applied.
fn told(name: &str) -> (Json, Json, Json) {
    let objects = built(&format!("overlays/{name}"));
    assert!(objects.iter().all(|it| it["metadata"]["namespace"] == name), "{name}");
    let deployment = object(&objects, "Deployment", "fastapi");
    let service = object(&objects, "Service", "fastapi");
    let (_, container) = containers(&objects).remove(0);
    let pods = deployment["spec"]["replicas"].clone();
    let port = service["spec"]["ports"][0]["nodePort"].clone();
    (pods, port, container["resources"].clone())
}

fn amounts(cpu: [&str; 2], memory: [&str; 2]) -> Json {
    json!({
        "limits": { "cpu": cpu[1], "memory": memory[1] },
        "requests": { "cpu": cpu[0], "memory": memory[0] },
    })
}

#[test]
fn s4_15_and_21_dev_has_two_small_pods_under_30080() {
    let wanted = amounts(["50m", "500m"], ["64Mi", "256Mi"]);
    assert_eq!(told("dev"), (json!(2), json!(30080), wanted));
}

#[test]
fn s4_16_and_22_stage_has_two_pods_under_30081() {
    let wanted = amounts(["100m", "500m"], ["128Mi", "256Mi"]);
    assert_eq!(told("stage"), (json!(2), json!(30081), wanted));
}

/// A number in the Deployment would undo the scaling with each release; the page says what becomes of three.
#[test]
fn s4_17_and_23_prod_scales_under_30082() {
    let wanted = amounts(["100m", "1"], ["128Mi", "512Mi"]);
    assert_eq!(told("prod"), (Json::Null, json!(30082), wanted));
    assert!(super::file("README.md").contains("`Capacity::between(3, 10)`"));
}

#[test]
fn s4_24_the_folders_are_kustomizes() {
    for name in ["deployment", "service", "kustomization"] {
        assert!(FILES.contains_key(&format!("{FOLDER}k8s/base/{name}.yaml")), "{name}");
    }
    for name in ["overlays/dev", "overlays/stage", "overlays/prod", "monitoring"] {
        assert!(!built(name).is_empty(), "{name}");
    }
}

#[test]
fn s4_32_the_autoscaler_is_the_one_that_was_asked_for() {
    let objects = built("overlays/prod");
    let scaler = object(&objects, "HorizontalPodAutoscaler", "fastapi-hpa");
    assert_eq!(scaler["apiVersion"], "autoscaling/v2");
    assert_eq!(scaler["metadata"]["namespace"], "prod");
    let spec = &scaler["spec"];
    assert_eq!(
        spec["scaleTargetRef"],
        json!({ "apiVersion": "apps/v1", "kind": "Deployment", "name": "fastapi" })
    );
    assert_eq!((&spec["minReplicas"], &spec["maxReplicas"]), (&json!(2), &json!(10)));
    let mut targets: Vec<(&Json, &Json)> = spec["metrics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (&it["resource"]["name"], &it["resource"]["target"]["averageUtilization"]))
        .collect();
    targets.sort_by_key(|(name, _)| name.as_str());
    assert_eq!(targets, [(&json!("cpu"), &json!(70)), (&json!("memory"), &json!(80))]);
    for name in ["dev", "stage"] {
        let objects = built(&format!("overlays/{name}"));
        assert!(
            objects.iter().all(|it| it["kind"] != "HorizontalPodAutoscaler"),
            "{name}"
        );
    }
}

/// An HPA has no second bound: how near four pods come to 50 and 60 % is what the page tells.
#[test]
fn s4_33_pods_go_one_by_one_and_the_page_says_when() {
    let objects = built("overlays/prod");
    let down = &object(&objects, "HorizontalPodAutoscaler", "fastapi-hpa")["spec"]["behavior"]["scaleDown"];
    assert_eq!(down["stabilizationWindowSeconds"], 300);
    assert_eq!(
        down["policies"],
        json!([{ "periodSeconds": 60, "type": "Pods", "value": 1 }])
    );
    // Three quarters of 70 and of 80 %, without the tenth within which nothing is done.
    assert!(super::file("README.md").contains("\n| 4 to 3 | 52 % | 60 % |\n"));
}
