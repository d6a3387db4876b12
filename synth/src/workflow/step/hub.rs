//! Steps that ask Docker Hub for an image, or keep one there.

use super::image::{fetch, keep};
use super::{Setting, Shape, runs, script, uses};
use crate::schema::github::pins;
use crate::schema::github::{Level, Scope};
use crate::workflow::model::ROLLBACK_TO;
use crate::workflow::pipeline::Platform;
use crate::workflow::value::Value;

/// Asks Docker Hub, or keeps something there. A tag of Docker Hub can be moved by whoever has a token, so that nothing
/// follows from one: an image is what its digest says, and whose it is say its signature and its attestation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hub {
    /// Logs the container tools in.
    Login,
    /// Looks for an image of the same files as this commit's, and fetches its platforms into `images/`.
    Find {
        /// The image without tag and digest.
        image: String,
        /// What it is built for.
        platforms: Vec<Platform>,
    },
    /// Keeps what was fetched of a platform, as the job that builds keeps it.
    KeepFound(Platform),
    /// Fetches the image of the matrix's platform as an OCI layout in `image/`.
    FetchOfMatrix,
    /// Looks what the index over the platforms is that were pushed.
    ResolvePushed {
        /// The image without tag and digest.
        image: String,
        /// What was pushed.
        platforms: Vec<Platform>,
        /// The tag that it got.
        tag: Value,
    },
    /// Says which image is deployed, and of which commit it has to be: the one that was built, the one that was found, or
    /// the one that a person goes back to.
    Choose {
        /// The image without tag and digest.
        image: String,
    },
    /// Refuses the chosen image unless the workflow signed it on one of the branches, and built it of the files of the commit
    /// that it has to be of.
    Verify {
        /// The image without tag and digest.
        image: String,
        /// The branches.
        branches: Vec<String>,
        /// The file of the workflow.
        workflow: String,
    },
    /// Tags the chosen image with this commit and with its files, by which later commits find it.
    Tag {
        /// The image without tag and digest.
        image: String,
    },
}

/// What is asked of the API of GitHub: the files of a commit.
const READ: (Scope, Level) = (Scope::Contents, Level::Read);

impl Hub {
    pub(super) fn shape(&self) -> Shape {
        match self {
            Self::Login => uses(&pins::DOCKER_LOGIN, login()),
            Self::Find { image, platforms } => Shape::Runs {
                script: script!("find-same-files"),
                env: vec![token(), ("IMAGE", image.into()), names(platforms)],
                needs: &[READ],
            },
            Self::KeepFound(platform) => {
                let name = format!("image-{}", platform.name());
                keep(name.as_str().into(), &format!("images/{name}"))
            }
            Self::FetchOfMatrix => fetch([
                ("name", "image-${{ matrix.platform }}".into()),
                ("path", "image".into()),
            ]),
            Self::ResolvePushed { image, platforms, tag } => runs(
                script!("resolve-pushed"),
                [("IMAGE", image.into()), names(platforms), ("TAG", tag.clone())],
            ),
            Self::Choose { image } => runs(script!("choose-image"), choose(image)),
            Self::Verify {
                image,
                branches,
                workflow,
            } => Shape::Runs {
                script: script!("verify-published"),
                env: verify(image, branches, workflow),
                needs: &[(Scope::Attestations, Level::Read), READ],
            },
            Self::Tag { image } => Shape::Runs {
                script: script!("tag-image"),
                env: vec![digest(), token(), ("IMAGE", image.into())],
                needs: &[READ],
            },
        }
    }

    pub(super) fn gives(&self) -> &'static [&'static str] {
        match self {
            Self::Find { .. } | Self::ResolvePushed { .. } => &["digest"],
            Self::Choose { .. } => &["digest", "commit"],
            _ => &[],
        }
    }
}

fn login() -> [Setting; 2] {
    [
        ("username", Value::Context("secrets.DOCKERHUB_USERNAME")),
        ("password", Value::Context("secrets.DOCKERHUB_TOKEN")),
    ]
}

fn names(platforms: &[Platform]) -> Setting {
    let names: Vec<_> = platforms.iter().map(|platform| platform.name()).collect();
    ("PLATFORMS", names.join(" ").into())
}

fn token() -> Setting {
    ("GH_TOKEN", Value::Context("github.token"))
}

/// What the step `image` of the same job chose.
fn digest() -> Setting {
    ("DIGEST", Value::Context("steps.image.outputs.digest"))
}

fn choose(image: &String) -> [Setting; 4] {
    [
        ("BUILT", Value::Context("needs.publish.outputs.digest")),
        ("FOUND", Value::Context("needs.find.outputs.digest")),
        ("IMAGE", image.into()),
        ("ROLLBACK_TO", Value::Input(ROLLBACK_TO)),
    ]
}

fn verify(image: &String, branches: &[String], workflow: &String) -> Vec<Setting> {
    vec![
        ("BRANCHES", branches.join(" ").into()),
        ("COMMIT", Value::Context("steps.image.outputs.commit")),
        digest(),
        token(),
        ("IMAGE", image.into()),
        ("WORKFLOW", workflow.into()),
    ]
}
