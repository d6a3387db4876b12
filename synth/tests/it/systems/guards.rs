//! What guards a namespace: who signed what runs there.

use super::{Out, items, out};
use serde_json::{Value as Json, json};
use std::sync::LazyLock;
use synth::model::{Kubernetes, Platform, Signatures, System};
use synth::systems::healthcare_api;

/// S3 with another cluster.
fn with(change: impl FnOnce(&mut Kubernetes)) -> System {
    let mut system = healthcare_api();
    if let Platform::Kubernetes(kubernetes) = &mut system.platform {
        change(kubernetes);
    }
    system
}

/// S3 where images must be signed.
static SIGNED: LazyLock<Out> = LazyLock::new(|| out(&with(|kubernetes| kubernetes.signatures = Signatures::Keyless)));

#[test]
fn s3_68_an_image_runs_only_if_the_release_workflow_signed_it() {
    let all = SIGNED.documents("out/healthcare-api/security/security-scanning.yaml");
    let [policy] = all.as_slice() else {
        panic!("{} objects", all.len())
    };
    assert_eq!(
        (&policy["apiVersion"], &policy["kind"]),
        (&json!("policies.kyverno.io/v1"), &json!("ImageValidatingPolicy"))
    );
    let spec = &policy["spec"];
    assert_eq!(spec["validationActions"], json!(["Deny"]));
    assert_eq!(spec["failurePolicy"], "Fail");
    assert_eq!(spec["matchImageReferences"], json!([{ "glob": "*" }]));
    let identity = &spec["attestors"][0]["cosign"]["keyless"]["identities"];
    let signer = "https://github.com/example-org/synth/.github/workflows/ci-cd.yml@refs/heads/main";
    assert_eq!(
        identity,
        &json!([{ "issuer": "https://token.actions.githubusercontent.com", "subject": signer }])
    );
    // The file that is named is the one that signs, and what the pipeline asks for before it deploys.
    let files = &SIGNED.rendered.files;
    let file = signer.split_once("synth/").unwrap().1.split_once('@').unwrap().0;
    assert!(files[file].contains("cosign sign --yes"));
    assert!(
        files
            .iter()
            .any(|(path, text)| path.ends_with(".yml") && text.contains("WORKFLOW: ci-cd.yml"))
    );
    // Who does not ask has none.
    let scanning = "out/healthcare-api/security/security-scanning.yaml";
    let without = out(&with(|kubernetes| kubernetes.signatures = Signatures::Unchecked));
    assert!(!without.rendered.files.contains_key(scanning));
}

#[test]
fn who_asks_for_signatures_may_read_the_registry_and_nothing_else() {
    let role = SIGNED.of("production/identity", "VerifierRole");
    let statements = items(&role["Policies"][0]["PolicyDocument"]["Statement"]);
    let actions: Vec<&Json> = statements.iter().map(|one| &one["Action"]).collect();
    assert_eq!(
        actions,
        [
            &json!("ecr:GetAuthorizationToken"),
            &json!(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"])
        ]
    );
    assert!(
        role["PermissionsBoundary"]
            .to_string()
            .contains("healthcare-api-production-operators-boundary")
    );
    let association = SIGNED.of("production/identity", "VerifierIdentityAssociation");
    assert_eq!(
        (&association["Namespace"], &association["ServiceAccount"]),
        (&json!("kyverno"), &json!("kyverno-admission-controller"))
    );
}
