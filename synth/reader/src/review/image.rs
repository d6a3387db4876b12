//! Images, which a tag or a digest tells apart.

/// Whether an image was named by its digest and no longer is.
pub(super) fn loses_digest(old: &str, new: &str) -> bool {
    let has = |image: &str| image.contains("@sha256:");
    // What is filled in later may be a digest.
    has(old) && !has(new) && !new.contains(['$', '{']) && !new.is_empty() && name(old) == name(new)
}

/// An image without its tag and digest.
fn name(image: &str) -> &str {
    let image = image.split('@').next().unwrap_or(image);
    match image.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => name,
        _ => image,
    }
}
