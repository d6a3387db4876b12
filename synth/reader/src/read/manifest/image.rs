//! The name of an image.

use super::is_settled;

/// The parts of the name of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Image<'a> {
    /// The registry, if the name has one; otherwise it is that of the node.
    pub registry: Option<&'a str>,
    /// The name there.
    pub name: &'a str,
    /// What stands behind the colon.
    pub tag: Option<&'a str>,
    /// What stands behind the `@`.
    pub digest: Option<&'a str>,
}

impl<'a> Image<'a> {
    /// Takes a name apart, if it is what will be applied.
    #[must_use]
    pub fn of(text: &'a str) -> Option<Self> {
        if text.is_empty() || !is_settled(text) {
            return None;
        }
        let (text, digest) = text
            .split_once('@')
            .map_or((text, None), |(name, digest)| (name, Some(digest)));
        let (registry, path) = match text.split_once('/') {
            Some((first, rest)) if first.contains(['.', ':']) || first == "localhost" => (Some(first), rest),
            _ => (None, text),
        };
        let (name, tag) = path
            .rsplit_once(':')
            .map_or((path, None), |(name, tag)| (name, Some(tag)));
        Some(Self {
            registry,
            name,
            tag,
            digest,
        })
    }
}
