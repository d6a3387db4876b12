//! From a push to what runs.

use serde_json::Value as Json;

use super::{file, script, steps, workflow};

/// Whether a job waits for another, through others or not.
fn waits(workflow: &Json, job: &str, other: &str) -> bool {
    let needs = &workflow["jobs"][job]["needs"];
    let needs: Vec<&str> = match needs {
        Json::String(one) => vec![one],
        all => all.as_array().into_iter().flatten().filter_map(Json::as_str).collect(),
    };
    needs.contains(&other) || needs.iter().any(|need| waits(workflow, need, other))
}

#[test]
fn s1_9_what_fails_the_tests_is_not_built_and_what_is_not_built_is_not_pushed_and_deployed() {
    let pipeline = workflow("ci-cd");
    for (job, before) in [
        ("build", "test"),
        ("publish", "build"),
        ("deploy-dev", "publish"),
        ("deploy-prod", "deploy-dev"),
    ] {
        assert!(waits(&pipeline, job, before), "{job} does not wait for {before}");
    }
}

#[test]
fn s1_15_a_test_begins_with_the_source() {
    assert_eq!(steps(&workflow("ci-cd"), "test")[0], "Check out");
}

/// Cargo fetches what the lock file names, and keeps what it compiled of it.
#[test]
fn s1_16_the_language_and_what_is_depended_on_are_there_before_the_tests() {
    let pipeline = workflow("ci-cd");
    let steps = steps(&pipeline, "test");
    assert_eq!(steps[1..3], ["Install Rust", "Keep compiled dependencies"]);
    assert!(script(&pipeline, "test", "Install Rust").contains("rustup toolchain install"));
    assert!(script(&pipeline, "test", "Test").contains("--locked"));
}

#[test]
fn s1_17_the_tests_of_the_service_run() {
    assert!(script(&workflow("ci-cd"), "test", "Test").starts_with("cargo test"));
}

#[test]
fn s1_18_the_image_is_built_from_the_dockerfile_for_what_runs() {
    let pipeline = workflow("ci-cd");
    let build = pipeline["jobs"]["build"]["steps"].as_array().unwrap();
    let build = build.iter().find(|step| step["name"] == "Build the image").unwrap();
    assert_eq!(build["with"]["file"], "Dockerfile");
    assert!(
        build["with"]["build-args"]
            .as_str()
            .unwrap()
            .contains("SERVICE=predictor")
    );
    assert!(pipeline["jobs"]["build"]["strategy"].to_string().contains("amd64"));
}

#[test]
fn s1_19_the_image_is_pushed_to_ecr_under_the_commits_tag() {
    let push = script(&workflow("ci-cd"), "publish", "Push the image");
    let text = serde_json::to_string(&workflow("ci-cd")["jobs"]["publish"]).unwrap();
    assert!(
        push.contains("docker") && text.contains("dkr.ecr.us-east-1.amazonaws.com/predictor"),
        "{push}"
    );
    assert!(text.contains("${{ github.sha }}") && !text.contains("latest"));
}

#[test]
fn s1_20_the_deployment_gets_the_new_image() {
    let deploy = workflow("deploy");
    let steps = steps(&deploy, "deploy");
    let at = |name: &str| {
        steps
            .iter()
            .position(|step| step == name)
            .unwrap_or_else(|| panic!("no {name} in {steps:?}"))
    };
    assert!(at("Fill the manifests") < at("Show what changes in the cluster"));
    assert!(at("Show what changes in the cluster") < at("Apply the manifests"));
    assert!(
        script(&deploy, "deploy", "Apply the manifests").contains("kubectl apply --server-side --field-manager synth")
    );
    let fill = script(&deploy, "deploy", "Fill the manifests");
    assert!(
        fill.contains("echo \"$NAME gets the image $TAG, which is $DIGEST\""),
        "{fill}"
    );
}

#[test]
fn s1_21_the_update_waits_for_healthy_pods_and_goes_back_without_them() {
    let apply = script(&workflow("deploy"), "deploy", "Apply the manifests");
    let (waits, back) = (
        apply.find("! is_there || exit 0").unwrap(),
        apply.find("it goes back to").unwrap(),
    );
    assert!(waits < back && apply.contains("kubectl rollout status"), "{apply}");
    assert!(super::object("prod", "Deployment", "predictor")["spec"]["minReadySeconds"].as_i64() > Some(0));
}

#[test]
fn s1_22_any_push_to_main_begins_it() {
    let push = &workflow("ci-cd")["on"]["push"];
    assert_eq!(*push, serde_json::json!({ "branches": ["main"] }));
}

/// The jobs that deploy are those of the push: nobody starts them.
#[test]
fn s1_27_a_push_rolls_the_update_out_by_itself() {
    let pipeline = workflow("ci-cd");
    for job in ["deploy-dev", "deploy-prod"] {
        assert_eq!(pipeline["jobs"][job]["if"], "github.event_name == 'push'", "{job}");
        assert_eq!(pipeline["jobs"][job]["uses"], "./.github/workflows/deploy.yml", "{job}");
    }
    assert!(file("Dockerfile").contains("ENTRYPOINT"));
}
