//! S3's pipelines by the numbers of its requirements.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::S3;
use super::by_number::file as read;

pub(super) fn workflow(name: &str) -> Json {
    yaml_serde::from_str(S3.workflow(name)).unwrap()
}

pub(super) fn job(file: &str, id: &str) -> Json {
    workflow(file)["jobs"][id].clone()
}

fn steps(job: &Json) -> Vec<Json> {
    job["steps"].as_array().cloned().unwrap_or_default()
}

pub(super) fn step(job: &Json, name: &str) -> Json {
    let found = steps(job).into_iter().find(|step| step["name"] == name);
    found.unwrap_or_else(|| panic!("no step `{name}`"))
}

pub(super) fn needs(job: &Json) -> BTreeSet<String> {
    let needs = job["needs"].as_array().into_iter().flatten();
    needs.map(|one| one.as_str().unwrap().to_owned()).collect()
}

/// All that has to succeed before a job.
fn before(jobs: &Json, id: &str) -> BTreeSet<String> {
    let direct = needs(&jobs[id]);
    let more = direct.iter().flat_map(|one| before(jobs, one));
    more.chain(direct.iter().cloned()).collect()
}

#[test]
fn s3_7_the_image_to_develop_in_is_another_one_of_the_user_1000_and_its_tests_run() {
    let build = step(&job("dev-ci", "development"), "Build it, and test in it");
    assert_eq!(build["env"]["IMAGE"], "healthcare-api:dev");
    let file = build["env"]["DOCKERFILE"].as_str().unwrap();
    assert_ne!(file, step(&job("ci-cd", "build"), "Build the image")["with"]["file"]);
    let text = read(file);
    assert!(text.contains("\nUSER 1000:1000\n"), "{text}");
    assert!(build["run"].as_str().unwrap().contains("cargo test"));
    let page = &S3.rendered.files["out/healthcare-api/README.md"];
    assert!(page.contains(&format!("docker build --file {file} --tag healthcare-api:dev .")));
    assert!(page.contains("make a branch for the feature from `develop`"));
}

#[test]
fn s3_19_and_35_two_files_take_what_is_pushed_to_main_and_develop_and_asked_to_be_merged_there() {
    for (file, branch) in [("ci-cd", "main"), ("dev-ci", "develop")] {
        let on = workflow(file)["on"].take();
        for event in ["push", "pull_request"] {
            assert_eq!(on[event], json!({ "branches": [branch] }), "{file}: {event}");
        }
    }
}

#[test]
fn nothing_is_published_or_deployed_from_the_branch_that_work_is_collected_on() {
    let workflow = workflow("dev-ci");
    for (id, job) in workflow["jobs"].as_object().unwrap() {
        assert!(job["uses"].is_null() && job["environment"].is_null(), "{id}");
        assert!(job["permissions"]["id-token"].is_null(), "{id}");
    }
    let text = workflow.to_string();
    assert!(!text.contains("secrets.") && !text.contains("amazonaws.com"), "{text}");
}

#[test]
fn s3_20_25_and_34_what_is_grave_in_files_or_images_stops_before_the_build_or_the_release() {
    for file in ["ci-cd", "dev-ci"] {
        for (id, name, what) in [
            ("scan_files", "Scan the files", "fs"),
            ("build", "Scan the image", "image"),
        ] {
            let job = job(file, id);
            let scan = step(&job, name)["with"].take();
            assert_eq!(
                (&scan["scan-type"], &scan["severity"]),
                (&what.into(), &"CRITICAL,HIGH".into())
            );
            assert_eq!(scan["limit-severities-for-sarif"], true);
            let refuse = step(&job, "Refuse what is grave");
            assert_eq!(refuse["env"]["FINDINGS"], scan["output"]);
            // An image is kept for whoever publishes it after nothing was found in it.
            let names: Vec<Json> = steps(&job).iter().map(|step| step["name"].clone()).collect();
            let place = |name: &str| names.iter().position(|one| one == name);
            assert!(place("Keep the image").is_none_or(|keep| Some(keep) > place("Refuse what is grave")));
        }
        let findings = job(file, "findings");
        let uploads = steps(&findings);
        let mut categories: Vec<&str> = uploads
            .iter()
            .filter_map(|step| step["with"]["category"].as_str())
            .collect();
        categories.sort_unstable();
        assert_eq!(categories, ["findings-amd64", "findings-arm64", "findings-files"]);
        // It has the one right, so it runs no program of others.
        let actions = uploads.iter().filter_map(|step| step["uses"].as_str());
        assert!(
            actions
                .into_iter()
                .all(|uses| uses.starts_with("actions/") || uses.starts_with("github/"))
        );
    }
}

#[test]
fn s3_21_to_23_lints_format_imports_dependencies_and_coverage_come_before_the_build() {
    let asked = [
        "format",
        "lint",
        "test",
        "rendered",
        "coverage",
        "dependencies",
        "scan_files",
        "policies",
    ];
    for file in ["ci-cd", "dev-ci"] {
        let workflow = workflow(file);
        let jobs = &workflow["jobs"];
        assert_eq!(needs(&jobs["build"]), asked.map(str::to_owned).into(), "{file}");
        let format = step(&jobs["format"], "Check the format and the order of imports");
        assert_eq!(format["run"], "cargo fmt --all --check");
        let coverage = step(&jobs["coverage"], "Test, and count the lines that run");
        assert_eq!(coverage["env"]["PACKAGE"], "predictor");
        assert!(coverage["run"].as_str().unwrap().contains("GITHUB_STEP_SUMMARY"));
    }
    // rustfmt sorts imports unless it is told not to, and the lints are those of the workspace.
    assert!(!read(".rustfmt.toml").contains("reorder_imports"));
    assert!(read("Cargo.toml").contains("pedantic = { level = \"warn\""));
}

#[test]
fn s3_24_to_29_what_passed_on_main_is_published_for_both_processors_signed_and_deployed() {
    let workflow = workflow("ci-cd");
    let jobs = &workflow["jobs"];
    let platforms = jobs["build"]["strategy"]["matrix"]["include"].as_array().unwrap();
    let platforms: Vec<&Json> = platforms.iter().map(|leg| &leg["platform"]).collect();
    assert_eq!(platforms, ["amd64", "arm64"]);
    let all = before(jobs, "deploy-production");
    for id in [
        "test",
        "coverage",
        "try_image",
        "try_manifests",
        "publish",
        "sign_image",
    ] {
        assert!(all.contains(id), "{id} is not before the deployment: {all:?}");
    }
    for id in ["publish", "list_contents", "sign_image", "deploy-production"] {
        assert_eq!(jobs[id]["if"], "github.event_name == 'push'", "{id}");
    }
    let deploy = job("deploy", "deploy");
    for name in [
        "Assume the deploy role",
        "Connect to the cluster",
        "Apply the manifests",
        "Verify that the digest runs",
        "Ask the service",
    ] {
        step(&deploy, name);
    }
}

#[test]
fn s3_31_and_33_the_one_secret_is_the_address_of_the_channel_and_roles_are_assumed_by_identity() {
    let files = S3.rendered.files.iter().filter(|(path, _)| path.contains("workflows/"));
    let mut secrets = BTreeSet::new();
    for (path, text) in files {
        secrets.extend(text.split("secrets.").skip(1).map(|rest| (path.as_str(), &rest[..17])));
        assert!(!text.contains("aws-access-key-id"), "{path}");
    }
    assert_eq!(
        secrets,
        BTreeSet::from([(".github/workflows/ci-cd.yml", "SLACK_WEBHOOK_URL")])
    );
    // Nothing that deploys can read it.
    assert_eq!(job("ci-cd", "tell_people")["environment"], "notices");
}

#[test]
fn s3_32_images_are_signed_by_one_file_and_verified_as_of_that_file() {
    step(&job("ci-cd", "sign_image"), "Sign the image");
    let verify = step(&job("deploy", "verify"), "Verify the signature");
    assert_eq!(verify["env"]["WORKFLOW"], "ci-cd.yml");
}

#[test]
fn s3_74_the_image_is_tried_as_its_pods_run_and_prometheus_reads_what_alerts_need() {
    let trial = job("ci-cd", "try_image");
    let start = step(&trial, "Start the image as it runs later")["env"].take();
    assert_eq!((&start["CPUS"], &start["MEMORY"]), (&"0.5".into(), &"1024m".into()));
    assert!(
        start["SECRETS"]
            .as_str()
            .unwrap()
            .starts_with("/run/secrets/production database_url")
    );
    let asked = step(&trial, "Ask it")["env"]["PATHS"].take();
    assert_eq!(asked, "/health /predict /metrics /openapi.json");
    // What the rules of Prometheus read of the service is looked for.
    let scrape = step(&trial, "Let Prometheus read its figures")["env"].take();
    let rules = &S3.rendered.files["out/healthcare-api/monitoring/prometheus-config.yaml"];
    for name in scrape["NAMES"].as_str().unwrap().split(' ') {
        assert!(rules.contains(name), "no rule reads {name}");
    }
    let cluster = step(
        &job("ci-cd", "try_manifests"),
        "Bring the manifests into a cluster of its own",
    );
    assert_eq!(cluster["env"]["FOLDER"], "out/healthcare-api/k8s");
    assert!(
        cluster["env"]["SECRETS"]
            .as_str()
            .unwrap()
            .starts_with("healthcare-prediction-api-production ")
    );
}

#[test]
fn s3_75_and_77_to_79_the_interface_is_attacked_and_timed_at_the_limits_of_a_pod() {
    let trial = job("dev-ci", "try_image");
    let contract = step(&trial, "Compare it with its interface")["env"].take();
    let list = &S3.rendered.files[contract["REQUIREMENTS"].as_str().unwrap()];
    let rows = list.lines().filter(|line| !line.starts_with('#'));
    for row in rows {
        let (package, sum) = row.split_once(" --hash=sha256:").unwrap();
        assert!(package.contains("==") && sum.len() == 64, "{row}");
    }
    step(&trial, "Attack it");
    step(&trial, "Overload it");
    let time = step(&trial, "Time its answers")["env"].take();
    assert_eq!(time["ANSWERS"], "/health 100\n/predict 500\n");
    assert_eq!((&time["RATE"], &time["CPUS"]), (&1000.into(), &"0.5".into()));
}

#[test]
fn s3_75_each_constraint_has_a_bad_example_that_it_has_to_deny() {
    let policies = step(&job("dev-ci", "policies"), "Try the policies on good and bad pods");
    let folder = policies["env"]["POLICIES"].as_str().unwrap();
    // Each constraint has a bad example there, and no other thing has.
    let constraints = S3.documents(&format!("{folder}/security-constraints.yaml"));
    let script = policies["run"].as_str().unwrap();
    let (_, bad) = script.split_once("BAD = {").unwrap();
    let bad = bad.split_once("\n}").unwrap().0;
    let bad: Vec<&str> = bad
        .lines()
        .filter_map(|line| line.trim().strip_prefix('"')?.split('"').next())
        .collect();
    let kinds: Vec<&str> = constraints.iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(bad, kinds);
}
