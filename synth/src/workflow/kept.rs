//! Where images are kept.

/// The one registry: an image is built once and every environment runs the same digest of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registry {
    /// The repository's name.
    pub repository: String,
    /// The account that it is in.
    pub account: String,
    /// The region that it is in.
    pub region: String,
    /// The image without tag and digest.
    pub image: String,
}

/// Where an image is kept, as steps see it that do the same with any registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// In ECR.
    InEcr(Registry),
    /// On Docker Hub: the image without tag and digest, such as `docker.io/example/api`.
    OnDockerHub(String),
}

impl Kept {
    /// The image without tag and digest.
    #[must_use]
    pub fn image(&self) -> &str {
        match self {
            Self::InEcr(registry) => &registry.image,
            Self::OnDockerHub(image) => image,
        }
    }
}
