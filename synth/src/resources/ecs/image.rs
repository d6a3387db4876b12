//! The image that runs: a parameter, so that a release and a rollback are the same change.

use crate::template::{Condition, Error, Parameter, Template, Test, Value};

/// The digest's parameter, the tag's, and whether there is an image at all.
#[derive(Clone, Debug)]
pub(crate) struct Image {
    pub(crate) digest: Value<String>,
    pub(crate) tag: Value<String>,
    pub(crate) exists: Condition,
}

/// The parameter that says which image runs.
pub(crate) const IMAGE_DIGEST: &str = "ImageDigest";

/// The parameter that says what people call that image.
pub(crate) const IMAGE_TAG: &str = "ImageTag";

/// A release and a rollback are new values of these parameters. Before the first image the service is there and runs
/// nothing, so that an empty registry wedges no stack.
pub(crate) fn expand(template: &mut Template) -> Result<Image, Error> {
    let digest = template.parameter(
        IMAGE_DIGEST,
        Parameter {
            default: Some("none".into()),
            allowed_pattern: Some("^(none|sha256:[a-f0-9]{64})$".into()),
            constraint: Some("the digest of an image in the registry, or none before the first one".into()),
            ..Parameter::text("The image that runs, by digest. The release sets it; other deployments keep it.")
        },
    )?;
    let tag = template.parameter(
        IMAGE_TAG,
        Parameter {
            default: Some("none".into()),
            allowed_pattern: Some("^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$".into()),
            constraint: Some("the tag of the image in the registry, or none before the first one".into()),
            ..Parameter::text(
                "The tag of that image, for people: it chooses nothing, and stands in the task definition.",
            )
        },
    )?;
    let exists = template.condition("HasImage", Test::differs(&digest, "none"))?;
    Ok(Image { digest, tag, exists })
}
