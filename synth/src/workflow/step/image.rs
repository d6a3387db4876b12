//! Steps that build, publish and look at the image.

use super::published::Published;
use super::{Setting, Shape, runs, script, uses};
use crate::permissions::Grant;
use crate::schema::github::pins;
use crate::schema::github::{Level, Scope};
use crate::workflow::pipeline::{Kept, Platform, Registry};
use crate::workflow::right::{on_kept, on_repository};
use crate::workflow::value::Value;

/// The scanner is pinned as well as the action around it.
pub(super) const TRIVY: &str = "v0.70.0";

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
        kept: Kept,
        /// The tag.
        tag: Value,
        /// What was built.
        platforms: Vec<Platform>,
    },
    /// Fetches the resolved image of one platform from the registry as an OCI layout in `published/`.
    Pull {
        /// Where.
        kept: Kept,
        /// For which processor.
        platform: Platform,
    },
    /// Keeps `published/` for a job that has no rights in the registry.
    KeepPublished,
    /// Fetches `published/`.
    FetchPublished,
    /// Lists what is in `published/`.
    Sbom,
    /// Keeps that list for the job that states it.
    KeepSbom,
    /// Fetches the list.
    FetchSbom,
    /// Signs an image with the identity of the workflow.
    Sign(Published),
    /// States who built an image from which commit.
    AttestProvenance(Published),
    /// States what is in an image.
    AttestSbom(Published),
    /// Tags an image as one that runs in an environment, which the registry never deletes by its number of releases.
    MarkDeployed {
        /// Where.
        registry: Registry,
        /// What it is.
        digest: Value,
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

/// The artifact with the published image of the platform that runs.
const PUBLISHED: &str = "published";

/// The artifact with the list of what is in it.
const SBOM: &str = "sbom";

impl Image {
    pub(super) fn shape(&self) -> Shape {
        match self {
            Self::Build { dockerfile, args } => uses(&pins::BUILD_PUSH, build(dockerfile, args)),
            Self::Scan => uses(&pins::TRIVY, scan()),
            Self::Keep => keep("image-${{ matrix.platform }}".to_owned().into(), "image"),
            Self::Fetch => fetch([("pattern", "image-*".into()), ("path", "images".into())]),
            Self::Find { registry, tag } => runs(script!("find-image"), tagged(registry, tag)),
            Self::Resolve { registry, tag } => runs(script!("resolve-image"), tagged(registry, tag)),
            Self::Push { kept, tag, platforms } => runs(script!("push-image"), push(kept, tag, platforms)),
            Self::Pull { kept, platform } => runs(script!("pull-image"), pull(kept, *platform)),
            Self::KeepPublished => keep(PUBLISHED.into(), PUBLISHED),
            Self::FetchPublished => fetch([("name", PUBLISHED.into()), ("path", PUBLISHED.into())]),
            Self::Sbom => uses(&pins::SBOM, sbom()),
            Self::KeepSbom => keep(SBOM.into(), SBOM_FILE),
            Self::FetchSbom => fetch([("name", SBOM.into())]),
            Self::Sign(image) => sign(image),
            Self::AttestProvenance(image) => uses(&pins::ATTEST, image.subject()),
            Self::AttestSbom(image) => uses(&pins::ATTEST, attested(image)),
            Self::MarkDeployed {
                registry,
                digest,
                tag,
                environment,
            } => {
                let more = [("DIGEST", digest.clone()), ("ENVIRONMENT", environment.clone())];
                runs(script!("mark-deployed"), mark(registry, tag, &more))
            }
            Self::VerifySignature {
                registry,
                branch,
                workflow,
            } => runs(script!("verify-signature"), signed(registry, branch, workflow)),
        }
    }

    pub(super) fn gives(&self) -> &'static [&'static str] {
        match self {
            Self::Resolve { .. } => &["digest", "digests", "tag"],
            _ => &[],
        }
    }

    pub(super) fn grants(&self) -> Vec<Grant> {
        match self {
            Self::Find { registry, .. } => vec![on_repository(["ecr:DescribeImages"], registry)],
            Self::Resolve { registry, .. } => {
                vec![on_repository(["ecr:BatchGetImage", "ecr:DescribeImages"], registry)]
            }
            Self::VerifySignature { registry, .. } => vec![on_repository(PULL, registry)],
            Self::MarkDeployed { registry, .. } => {
                vec![on_repository(["ecr:BatchGetImage", "ecr:PutImage"], registry)]
            }
            Self::Pull { kept, .. } => on_kept(PULL, kept).into_iter().collect(),
            Self::Push { kept, .. } | Self::Sign(Published { kept, .. }) => [on_kept(PULL, kept), on_kept(PUSH, kept)]
                .into_iter()
                .flatten()
                .collect(),
            // Statements are kept at GitHub, so that an immutable repository need not take a second version of them.
            _ => Vec::new(),
        }
    }
}

/// The file with the list of what is in an image.
const SBOM_FILE: &str = "sbom.spdx.json";

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

pub(super) fn keep(name: Value, path: &str) -> Shape {
    let settings = [
        ("name", name),
        ("path", path.into()),
        ("if-no-files-found", "error".into()),
        ("retention-days", "1".into()),
    ];
    uses(&pins::UPLOAD, settings)
}

pub(super) fn fetch(settings: impl Into<Vec<Setting>>) -> Shape {
    uses(&pins::DOWNLOAD, settings)
}

fn tagged(registry: &Registry, tag: &Value) -> [Setting; 4] {
    [
        ("REGION", (&registry.region).into()),
        ("REGISTRY", (&registry.account).into()),
        ("REPOSITORY", (&registry.repository).into()),
        ("TAG", tag.clone()),
    ]
}

fn push(kept: &Kept, tag: &Value, platforms: &[Platform]) -> [Setting; 3] {
    let platforms: Vec<_> = platforms.iter().map(|platform| platform.name()).collect();
    [
        ("IMAGE", kept.image().into()),
        ("PLATFORMS", platforms.join(" ").into()),
        ("TAG", tag.clone()),
    ]
}

/// The published image of one platform, not that of the runner's.
fn sbom() -> [Setting; 3] {
    [
        ("image", Value::Known(format!("oci-dir:{PUBLISHED}"))),
        ("format", "spdx-json".into()),
        ("output-file", SBOM_FILE.into()),
    ]
}

fn pull(kept: &Kept, platform: Platform) -> Vec<Setting> {
    let platform = ("PLATFORM", platform.name().into());
    [Published::resolved(kept).settings().as_slice(), &[platform]].concat()
}

fn sign(image: &Published) -> Shape {
    Shape::Runs {
        script: script!("sign-image"),
        env: image.settings().into(),
        needs: &[(Scope::IdToken, Level::Write)],
    }
}

fn attested(image: &Published) -> Vec<Setting> {
    let statement = ("sbom-path", SBOM_FILE.into());
    [image.subject().as_slice(), &[statement]].concat()
}

fn mark(registry: &Registry, tag: &Value, more: &[Setting; 2]) -> Vec<Setting> {
    let mut env = [more, tagged(registry, tag).as_slice()].concat();
    env.sort_by_key(|(name, _)| *name);
    env
}

fn signed(registry: &Registry, branch: &String, workflow: &str) -> Vec<Setting> {
    let [digest, image] = Published::resolved(&Kept::InEcr(registry.clone())).settings();
    let signer = ("WORKFLOW", format!("{workflow}.yml").into());
    vec![("BRANCH", branch.into()), digest, image, signer]
}
