//! S4's pipeline by the numbers of its requirements.

use serde_json::{Value as Json, json};

use super::{FILE, S4, named, steps, workflow};

fn job(id: &str) -> Json {
    workflow()["jobs"][id].clone()
}

fn step(id: &str, name: &str) -> Json {
    let job = job(id);
    let found = steps(&job).find(|step| step["name"] == name).cloned();
    found.unwrap_or_else(|| panic!("{id} has no step `{name}`"))
}

#[test]
fn s4_11_the_format_the_linter_and_the_tests_come_first() {
    let run = |id: &str| {
        let job = job(id);
        steps(&job).last().unwrap()["run"].as_str().unwrap().to_owned()
    };
    assert_eq!(run("format"), "cargo fmt --all --check");
    assert!(run("lint").starts_with("cargo clippy "));
    assert!(run("test").starts_with("cargo test "));
    for id in ["format", "lint", "test", "rendered"] {
        assert!(job("find")["needs"].as_array().unwrap().contains(&json!(id)), "{id}");
        assert!(job("build")["needs"].as_array().unwrap().contains(&json!(id)), "{id}");
    }
}

#[test]
fn s4_12_the_image_goes_to_docker_hub_under_the_commit_by_a_token() {
    let push = step("publish", "Push the image")["env"].take();
    assert_eq!(
        push,
        json!({ "IMAGE": "docker.io/prasannasn/fastapi-devops", "PLATFORMS": "amd64 arm64", "TAG": "${{ github.sha }}" })
    );
    let login = step("publish", "Log in to Docker Hub")["with"].take();
    assert_eq!(login["password"], "${{ secrets.DOCKERHUB_TOKEN }}");
}

#[test]
fn s4_13_what_is_built_and_what_is_found_is_scanned_before_it_goes_on() {
    let scan = step("scan", "Scan the image")["with"].take();
    assert_eq!(
        (&scan["severity"], &scan["exit-code"]),
        (&json!("CRITICAL,HIGH"), &json!(1))
    );
    assert_eq!(job("scan")["needs"], json!(["find", "build"]));
    for platform in ["amd64", "arm64"] {
        let kept = step("find", &format!("Keep the image for {platform}"))["with"].take();
        assert_eq!(kept["name"], format!("image-{platform}"));
    }
    assert_eq!(
        step("scan", "Fetch the image")["with"]["name"],
        "image-${{ matrix.platform }}"
    );
    assert_eq!(
        step("build", "Keep the image")["with"]["name"],
        "image-${{ matrix.platform }}"
    );
}

#[test]
fn s4_14_a_digest_is_verified_and_then_deployed_and_looked_at() {
    let verify = step("verify", "Verify whose it is and what it was built of");
    assert_eq!(verify["env"]["BRANCHES"], "prasanna stage main");
    assert_eq!(verify["env"]["WORKFLOW"], FILE.rsplit('/').next().unwrap());
    assert_eq!(job("deploy")["needs"], json!(["verify"]));
    let deploy = step("deploy", "Have the machine deploy it");
    assert_eq!(deploy["env"]["DIGEST"], "${{ needs.verify.outputs.digest }}");
    let script = deploy["run"].as_str().unwrap();
    for word in ["apply", "rollback", "status $NAMESPACE"] {
        assert!(script.contains(word), "{word}");
    }
}

#[test]
fn s4_17_users_reach_prod_and_so_does_the_workflow() {
    let urls = step("deploy", "Ask the service")["env"]["URLS"].take();
    let urls = urls.as_str().unwrap();
    for worker in ["34.100.156.67", "34.14.213.230"] {
        assert!(urls.contains(&format!("http://{worker}:30082/health")), "{urls}");
    }
    assert!(!urls.contains("30080") && !urls.contains("30081"), "{urls}");
}

#[test]
fn s4_18_the_file_has_the_name_that_was_asked_for() {
    let workflows = S4.files.keys().filter(|path| path.starts_with(".github/"));
    assert_eq!(workflows.collect::<Vec<_>>(), [".github/workflows/ci-cd.yaml"]);
}

#[test]
fn s4_19_there_are_these_secrets_and_no_others() {
    let workflow = workflow();
    assert_eq!(
        named(&workflow, "secrets."),
        [
            "CONTROL_PLANE_IP",
            "DOCKERHUB_TOKEN",
            "DOCKERHUB_USERNAME",
            "SSH_PRIVATE_KEY"
        ]
    );
    assert_eq!(named(&workflow, "vars."), ["CONTROL_PLANE_KNOWN_HOSTS"]);
    assert!(!workflow.to_string().contains("secrets: inherit"));
}

#[test]
fn s4_20_a_push_deploys_and_a_person_chooses_one_of_the_environments() {
    let on = workflow()["on"].take();
    assert_eq!(on["push"], json!({ "branches": ["prasanna", "stage", "main"] }));
    let chosen = &on["workflow_dispatch"]["inputs"]["environment"];
    assert_eq!(chosen["options"], json!(["dev", "stage", "prod"]));
    assert_eq!(on["workflow_dispatch"]["inputs"]["rollback_to"]["required"], false);
}

#[test]
fn s4_36_make_serves_on_every_address_and_port_8000() {
    let makefile = &S4.files["out/fastapi-devops/Makefile"];
    let (_, rule) = makefile.split_once("\nrun-server:").unwrap();
    let command = rule.lines().nth(1).unwrap();
    assert_eq!(
        command,
        "\tcd \"$(ROOT)\" && HOST=0.0.0.0 PORT=8000 cargo run --locked --package predictor"
    );
    let phony = makefile.lines().find_map(|line| line.strip_prefix(".PHONY: ")).unwrap();
    for target in phony.split(' ') {
        assert!(makefile.contains(&format!("\n{target}: ")), "{target}");
    }
}

#[test]
fn s4_43_the_machine_is_known_before_it_is_asked() {
    let script = step("deploy", "Have the machine deploy it")["run"].take();
    let script = script.as_str().unwrap();
    for option in [
        "BatchMode=yes",
        "IdentitiesOnly=yes",
        "StrictHostKeyChecking=yes",
        "UserKnownHostsFile=",
    ] {
        assert!(script.contains(option), "{option}");
    }
    let text = &S4.files[FILE];
    for never in [
        "ssh-keyscan",
        "StrictHostKeyChecking=no",
        "StrictHostKeyChecking=accept-new",
        "appleboy",
    ] {
        assert!(!text.contains(never), "{never}");
    }
}

/// One deployment of an environment at a time, and none that is cut off; a newer commit of a pull request ends an older run.
#[test]
fn deployments_of_an_environment_wait_for_each_other() {
    let deploy = job("deploy")["concurrency"].take();
    assert_eq!(deploy["cancel-in-progress"], false);
    assert!(
        deploy["group"]
            .as_str()
            .unwrap()
            .starts_with("fastapi-devops/${{ github.ref == ")
    );
    let all = workflow()["concurrency"].take();
    assert_eq!(all["cancel-in-progress"], "${{ github.event_name == 'pull_request' }}");
}
