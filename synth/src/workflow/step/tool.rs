//! Steps that prepare the runner, and plain commands.

use super::{Setting, Shape, runs, script, uses};
use crate::permissions::Grant;
use crate::schema::github::pins;
use crate::workflow::pipeline::Registry;
use crate::workflow::value::Value;

/// Prepares the runner or runs one command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Reads the repository's files, and leaves no credentials behind.
    Checkout,
    /// The same, with the commits that the checked out one was merged from.
    CheckoutMerge,
    /// Installs a Rust toolchain of this version, such as `1.90.0`, with what formats and lints.
    Rust(String),
    /// Keeps compiled dependencies between runs; pull requests read them, only a commit of the branch writes them.
    RustCache,
    /// One command.
    Command(&'static str),
    /// Compares what is rendered with what is committed, with this before the words of the command.
    CheckRendered(String),
    /// Makes an image builder.
    Buildx,
    /// Installs the program that signs and verifies images.
    Cosign,
    /// Becomes an AWS role for the steps that follow.
    AssumeRole {
        /// Its ARN.
        role: Value,
        /// The region of the steps that follow.
        region: Value,
        /// The one account that it may turn out to be.
        account: Value,
    },
    /// Logs the container tools in to the registry.
    RegistryLogin(Registry),
}

impl Tool {
    pub(super) fn shape(&self) -> Shape {
        match self {
            Self::Checkout => uses(&pins::CHECKOUT, [("persist-credentials", "false".into())]),
            Self::CheckoutMerge => uses(
                &pins::CHECKOUT,
                [("fetch-depth", "2".into()), ("persist-credentials", "false".into())],
            ),
            Self::Rust(version) => runs(script!("install-rust"), [("TOOLCHAIN", version.into())]),
            Self::RustCache => uses(
                &pins::RUST_CACHE,
                [("save-if", Value::Context("github.event_name == 'push'"))],
            ),
            Self::Command(command) => runs(command, []),
            Self::CheckRendered(synth) => runs(script!("check-rendered"), [("SYNTH", synth.into())]),
            Self::Buildx => uses(&pins::BUILDX, []),
            Self::Cosign => uses(&pins::COSIGN_INSTALLER, []),
            Self::AssumeRole { role, region, account } => uses(
                &pins::CONFIGURE_AWS,
                [
                    ("role-to-assume", role.clone()),
                    ("aws-region", region.clone()),
                    ("allowed-account-ids", account.clone()),
                ],
            ),
            Self::RegistryLogin(registry) => uses(&pins::ECR_LOGIN, login(registry)),
        }
    }

    pub(super) fn grants(&self) -> Vec<Grant> {
        match self {
            Self::RegistryLogin(_) => vec![
                Grant::new(["ecr:GetAuthorizationToken"], ["*"])
                    .because("a token is for the registry, not for a repository"),
            ],
            _ => Vec::new(),
        }
    }
}

fn login(registry: &Registry) -> [Setting; 2] {
    [
        ("registries", (&registry.account).into()),
        ("mask-password", "true".into()),
    ]
}
