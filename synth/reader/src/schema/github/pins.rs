//! The actions that workflows may use: each at one commit, with the inputs it takes.
//!
//! A tag can be moved to other code, a commit cannot, so a pin is the commit that the tag pointed to
//! when somebody read it. For an annotated tag that is the commit behind the tag object.

use super::{Level, Scope};

/// What executes an action on the runner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// JavaScript on the runner's Node 24; hosted runners have no older one since September 2026.
    Node24,
    /// Steps of its own.
    Composite,
    /// A container.
    Docker,
}

/// One action at one commit.
#[derive(Debug, PartialEq, Eq)]
pub struct Pin {
    /// `owner/name`, with a path where the action is not at the top of its repository.
    pub name: &'static str,
    /// The tag, shown in a comment beside the commit.
    pub version: &'static str,
    /// The commit that the tag stands for.
    pub commit: &'static str,
    /// What executes it.
    pub runtime: Runtime,
    /// The inputs that we know; GitHub only warns about an unknown one and goes on without it.
    pub inputs: &'static [&'static str],
    /// What its job's token must be allowed to do for it.
    pub needs: &'static [(Scope, Level)],
}

const TOKEN: (Scope, Level) = (Scope::IdToken, Level::Write);

/// Reads the repository's files.
pub static CHECKOUT: Pin = Pin {
    name: "actions/checkout",
    version: "v7.0.1",
    commit: "3d3c42e5aac5ba805825da76410c181273ba90b1",
    runtime: Runtime::Node24,
    inputs: &["persist-credentials", "fetch-depth", "ref", "allow-unsafe-pr-checkout"],
    needs: &[(Scope::Contents, Level::Read)],
};

/// Keeps compiled dependencies between runs.
pub static RUST_CACHE: Pin = Pin {
    name: "Swatinem/rust-cache",
    version: "v2.9.2",
    commit: "6323deb102c322ba6fcbdcafc7e3dddab59af2b6",
    runtime: Runtime::Node24,
    inputs: &["workspaces", "shared-key", "save-if", "cache-on-failure", "cache-bin"],
    needs: &[],
};

/// Exchanges the job's identity token for a role's session.
pub static CONFIGURE_AWS: Pin = Pin {
    name: "aws-actions/configure-aws-credentials",
    version: "v6.2.3",
    commit: "e6de054238d6b7531b4efff3b6587d9aade6a06c",
    runtime: Runtime::Node24,
    inputs: &[
        "role-to-assume",
        "aws-region",
        "role-session-name",
        "role-duration-seconds",
        "allowed-account-ids",
        "mask-aws-account-id",
        "audience",
        "inline-session-policy",
        "managed-session-policies",
        "role-skip-session-tagging",
        "retry-max-attempts",
        "output-credentials",
        "sts-endpoint",
        "custom-tags",
        "action-timeout-s",
        "force-skip-oidc",
    ],
    needs: &[TOKEN],
};

/// Logs the container tools in to the registry.
pub static ECR_LOGIN: Pin = Pin {
    name: "aws-actions/amazon-ecr-login",
    version: "v2.1.6",
    commit: "d539f0932e70871a027e9d5a9d8fc38589180a64",
    runtime: Runtime::Node24,
    inputs: &["registries", "registry-type", "mask-password", "skip-logout"],
    needs: &[],
};

/// Logs the container tools in to a registry: Docker Hub, unless another one is named.
pub static DOCKER_LOGIN: Pin = Pin {
    name: "docker/login-action",
    version: "v4.6.0",
    commit: "dbcb813823bdd20940b903addbd779551569679f",
    runtime: Runtime::Node24,
    inputs: &["registry", "username", "password", "ecr", "logout"],
    needs: &[],
};

/// Makes a builder that can write OCI layouts.
pub static BUILDX: Pin = Pin {
    name: "docker/setup-buildx-action",
    version: "v4.3.0",
    commit: "37fe631027851001ddb9b187196cc803df7f5f0e",
    runtime: Runtime::Node24,
    inputs: &[],
    needs: &[],
};

/// Builds an image.
pub static BUILD_PUSH: Pin = Pin {
    name: "docker/build-push-action",
    version: "v7.3.0",
    commit: "53b7df96c91f9c12dcc8a07bcb9ccacbed38856a",
    runtime: Runtime::Node24,
    inputs: &[
        "context",
        "file",
        "push",
        "load",
        "platforms",
        "tags",
        "labels",
        "annotations",
        "provenance",
        "sbom",
        "attests",
        "cache-from",
        "cache-to",
        "build-args",
        "secrets",
        "outputs",
        "target",
    ],
    needs: &[],
};

/// Looks for known vulnerabilities. Tags up to 0.34.2 were hijacked on 19 March 2026.
pub static TRIVY: Pin = Pin {
    name: "aquasecurity/trivy-action",
    version: "v0.36.0",
    commit: "ed142fd0673e97e23eac54620cfb913e5ce36c25",
    runtime: Runtime::Composite,
    inputs: &[
        "scan-type",
        "image-ref",
        "input",
        "scan-ref",
        "format",
        "output",
        "severity",
        "ignore-unfixed",
        "exit-code",
        "vuln-type",
        "scanners",
        "trivyignores",
        "limit-severities-for-sarif",
        "version",
        "cache",
        "skip-setup-trivy",
    ],
    needs: &[],
};

/// Installs the program that signs and verifies images.
pub static COSIGN_INSTALLER: Pin = Pin {
    name: "sigstore/cosign-installer",
    version: "v4.1.2",
    commit: "6f9f17788090df1f26f669e9d70d6ae9567deba6",
    runtime: Runtime::Composite,
    inputs: &["cosign-release", "install-dir"],
    needs: &[],
};

/// Lists what is in an image.
pub static SBOM: Pin = Pin {
    name: "anchore/sbom-action",
    version: "v0.24.0",
    commit: "e22c389904149dbc22b58101806040fa8d37a610",
    runtime: Runtime::Node24,
    inputs: &[
        "image",
        "path",
        "format",
        "output-file",
        "upload-artifact",
        "syft-version",
        "dependency-snapshot",
    ],
    needs: &[],
};

/// Signs a statement about an artefact and keeps it at GitHub.
pub static ATTEST: Pin = Pin {
    name: "actions/attest",
    version: "v4.2.2",
    commit: "1e69f48acb82d1966a394da916b4c1698aa569d6",
    runtime: Runtime::Node24,
    inputs: &[
        "subject-name",
        "subject-digest",
        "subject-path",
        "sbom-path",
        "push-to-registry",
        "create-storage-record",
    ],
    needs: &[TOKEN, (Scope::Attestations, Level::Write)],
};

/// Keeps files of a job for another job.
pub static UPLOAD: Pin = Pin {
    name: "actions/upload-artifact",
    version: "v7.0.1",
    commit: "043fb46d1a93c77aae656e7c1c64a875d1fc6a0a",
    runtime: Runtime::Node24,
    inputs: &["name", "path", "retention-days", "if-no-files-found"],
    needs: &[],
};

/// Fetches files that another job kept.
pub static DOWNLOAD: Pin = Pin {
    name: "actions/download-artifact",
    version: "v8.0.1",
    commit: "3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c",
    runtime: Runtime::Node24,
    inputs: &["name", "pattern", "path", "merge-multiple"],
    needs: &[],
};

/// Tells GitHub what scanners found. In a private repository it asks which run it is part of.
pub static UPLOAD_SARIF: Pin = Pin {
    name: "github/codeql-action/upload-sarif",
    version: "v4.37.7",
    commit: "ff2f1c621b7f889edc0d3c761ac2e6a3f8cdb0dd",
    runtime: Runtime::Node24,
    inputs: &["sarif_file", "category", "wait-for-processing"],
    needs: &[(Scope::Actions, Level::Read), (Scope::SecurityEvents, Level::Write)],
};

/// Every pin, sorted by name.
pub static PINS: [&Pin; 14] = [
    &CHECKOUT,
    &ATTEST,
    &DOWNLOAD,
    &UPLOAD,
    &SBOM,
    &TRIVY,
    &ECR_LOGIN,
    &CONFIGURE_AWS,
    &BUILD_PUSH,
    &DOCKER_LOGIN,
    &BUILDX,
    &UPLOAD_SARIF,
    &COSIGN_INSTALLER,
    &RUST_CACHE,
];

/// The pin of an action, by `owner/name[/path]`.
#[must_use]
pub fn find(name: &str) -> Option<&'static Pin> {
    PINS.into_iter().find(|pin| pin.name == name)
}
