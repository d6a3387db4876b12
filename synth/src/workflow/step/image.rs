//! Steps that build, publish and look at the image.

use super::{Setting, Shape, digest, runs, script, uses};
use crate::permissions::Grant;
use crate::workflow::grant::on_repository;
use crate::workflow::permissions::{Level, Scope};
use crate::workflow::pins;
use crate::workflow::pipeline::{Platform, Registry};
use crate::workflow::value::Value;

/// The scanner is pinned as well as the action around it.
const TRIVY: &str = "v0.70.0";

/// Builds, publishes or looks at the image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Image {
    /// Builds the image of the matrix's platform as an OCI layout in `image/`.
    Build {
        /// Path of the Dockerfile.
        dockerfile: String,
        /// As `NAME=value`.
        args: Vec<String>,
    },
    /// Fails on a grave vulnerability in `image/` that has a fix.
    Scan,
    /// Keeps `image/` for the job that publishes.
    Keep,
    /// Fetches the OCI layouts of all platforms.
    Fetch,
    /// Looks up the digest of a tag, and succeeds without one if the tag is not taken.
    Find {
        /// Where.
        registry: Registry,
        /// The tag.
        tag: Value,
    },
    /// Looks up the digest of a tag, and fails if it is not a tag or not taken.
    Resolve {
        /// Where.
        registry: Registry,
        /// The tag.
        tag: Value,
    },
    /// Pushes the OCI layouts, then one tagged index over them.
    Push {
        /// Where.
        registry: Registry,
        /// The tag.
        tag: Value,
        /// What was built.
        platforms: Vec<Platform>,
    },
    /// Lists what is in the resolved image.
    Sbom(Registry),
    /// Signs the resolved image with the identity of the workflow.
    Sign(Registry),
    /// States who built the resolved image from which commit.
    AttestProvenance(Registry),
    /// States what is in the resolved image.
    AttestSbom(Registry),
    /// Tags the resolved image as one that runs in an environment, which the registry never deletes by its number of
    /// releases.
    MarkDeployed {
        /// Where.
        registry: Registry,
        /// The tag that it has.
        tag: Value,
        /// The environment.
        environment: Value,
    },
    /// Refuses the resolved image unless the branch's release workflow signed it.
    VerifySignature {
        /// Where.
        registry: Registry,
        /// The branch.
        branch: String,
        /// The file of the workflow that signs, without its ending.
        workflow: String,
    },
}

impl Image {
    pub(super) fn shape(&self) -> Shape {
        match self {
            Self::Build { dockerfile, args } => uses(&pins::BUILD_PUSH, build(dockerfile, args)),
            Self::Scan => uses(&pins::TRIVY, scan()),
            Self::Keep => uses(&pins::UPLOAD, keep()),
            Self::Fetch => uses(
                &pins::DOWNLOAD,
                [("pattern", "image-*".into()), ("path", "images".into())],
            ),
            Self::Find { registry, tag } => runs(script!("find-image"), tagged(registry, tag)),
            Self::Resolve { registry, tag } => runs(script!("resolve-image"), tagged(registry, tag)),
            Self::Push {
                registry,
                tag,
                platforms,
            } => runs(script!("push-image"), push(registry, tag, platforms)),
            Self::Sbom(registry) => uses(&pins::SBOM, sbom(registry)),
            Self::Sign(registry) => Shape::Runs {
                script: script!("sign-image"),
                env: resolved(registry).into(),
                needs: &[(Scope::IdToken, Level::Write)],
            },
            Self::AttestProvenance(registry) => uses(&pins::ATTEST, subject(registry)),
            Self::AttestSbom(registry) => {
                let statement = ("sbom-path", "sbom.spdx.json".into());
                uses(&pins::ATTEST, [subject(registry).as_slice(), &[statement]].concat())
            }
            Self::MarkDeployed {
                registry,
                tag,
                environment,
            } => {
                let more = [("DIGEST", digest()), ("ENVIRONMENT", environment.clone())];
                let mut env = [&more, tagged(registry, tag).as_slice()].concat();
                env.sort_by_key(|(name, _)| *name);
                runs(script!("mark-deployed"), env)
            }
            Self::VerifySignature {
                registry,
                branch,
                workflow,
            } => {
                let signer = ("WORKFLOW", format!("{workflow}.yml").into());
                runs(
                    script!("verify-signature"),
                    [&[("BRANCH", branch.into())], resolved(registry).as_slice(), &[signer]].concat(),
                )
            }
        }
    }

    pub(super) fn grants(&self) -> Vec<Grant> {
        match self {
            Self::Find { registry, .. } | Self::Resolve { registry, .. } => {
                vec![on_repository(["ecr:DescribeImages"], registry)]
            }
            Self::Sbom(registry) | Self::VerifySignature { registry, .. } => {
                vec![on_repository(PULL, registry)]
            }
            Self::MarkDeployed { registry, .. } => {
                vec![on_repository(["ecr:BatchGetImage", "ecr:PutImage"], registry)]
            }
            Self::Push { registry, .. } | Self::Sign(registry) => {
                vec![on_repository(PULL, registry), on_repository(PUSH, registry)]
            }
            // Statements are kept at GitHub, so that an immutable repository need not take a second version of them.
            _ => Vec::new(),
        }
    }
}

const PULL: [&str; 2] = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

const PUSH: [&str; 5] = [
    "ecr:BatchCheckLayerAvailability",
    "ecr:CompleteLayerUpload",
    "ecr:InitiateLayerUpload",
    "ecr:PutImage",
    "ecr:UploadLayerPart",
];

fn build(dockerfile: &str, args: &[String]) -> Vec<Setting> {
    let args = (!args.is_empty()).then(|| ("build-args", args.join("\n").into()));
    [("context", ".".into()), ("file", dockerfile.into())]
        .into_iter()
        .chain(args)
        .chain([
            ("platforms", Value::Known("linux/${{ matrix.platform }}".to_owned())),
            // Statements about the image are made of the published index, not inside each part of it.
            ("provenance", "false".into()),
            ("outputs", "type=oci,dest=image,tar=false".into()),
        ])
        .collect()
}

fn scan() -> [Setting; 6] {
    [
        ("scan-type", "image".into()),
        ("input", "image".into()),
        ("severity", "CRITICAL,HIGH".into()),
        ("ignore-unfixed", "true".into()),
        ("exit-code", "1".into()),
        ("version", TRIVY.into()),
    ]
}

fn keep() -> [Setting; 4] {
    [
        ("name", Value::Known("image-${{ matrix.platform }}".to_owned())),
        ("path", "image".into()),
        ("if-no-files-found", "error".into()),
        ("retention-days", "1".into()),
    ]
}

fn tagged(registry: &Registry, tag: &Value) -> [Setting; 4] {
    [
        ("REGION", (&registry.region).into()),
        ("REGISTRY", (&registry.account).into()),
        ("REPOSITORY", (&registry.repository).into()),
        ("TAG", tag.clone()),
    ]
}

fn push(registry: &Registry, tag: &Value, platforms: &[Platform]) -> [Setting; 3] {
    let platforms: Vec<_> = platforms.iter().map(|platform| platform.name()).collect();
    [
        ("IMAGE", registry.image().into()),
        ("PLATFORMS", platforms.join(" ").into()),
        ("TAG", tag.clone()),
    ]
}

fn resolved(registry: &Registry) -> [Setting; 2] {
    [("DIGEST", digest()), ("IMAGE", registry.image().into())]
}

fn sbom(registry: &Registry) -> [Setting; 3] {
    let image = format!("{}@{}", registry.image(), digest().text());
    [
        ("image", image.into()),
        ("format", "spdx-json".into()),
        ("output-file", "sbom.spdx.json".into()),
    ]
}

fn subject(registry: &Registry) -> [Setting; 2] {
    [("subject-name", registry.image().into()), ("subject-digest", digest())]
}
