//! The versions of Kubernetes.

use std::fmt;

/// A minor version of Kubernetes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are those of the versions")]
#[allow(non_camel_case_types, reason = "`V130` would be another version than 1.30")]
pub enum Version {
    V1_30,
    V1_31,
    V1_32,
    V1_33,
    V1_34,
    V1_35,
    V1_36,
    V1_37,
}

impl Version {
    /// All of them, the oldest first: the order of the bits of a record.
    pub const ALL: [Self; 8] = [
        Self::V1_30,
        Self::V1_31,
        Self::V1_32,
        Self::V1_33,
        Self::V1_34,
        Self::V1_35,
        Self::V1_36,
        Self::V1_37,
    ];

    /// The newest one.
    pub const NEWEST: Self = Self::V1_37;

    /// `1.36`, also as a cluster says it: `v1.36`, `1.36.2` or `v1.36.2-eks-3025e55`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('v').unwrap_or(text);
        let mut parts = text.splitn(3, '.');
        if parts.next() != Some("1") {
            return None;
        }
        let minor = parts.next()?.trim_end_matches('+');
        Self::ALL.into_iter().find(|version| version.minor() == minor)
    }

    /// The day after which nobody mends it, if that had passed in November 2026: rules know no clock
    /// (<https://kubernetes.io/releases/patch-releases/#non-active-branch-history>).
    #[must_use]
    pub fn ended(self) -> Option<&'static str> {
        match self {
            Self::V1_30 => Some("15 July 2025"),
            Self::V1_31 => Some("11 November 2025"),
            Self::V1_32 => Some("28 February 2026"),
            Self::V1_33 => Some("28 June 2026"),
            Self::V1_34 => Some("27 October 2026"),
            Self::V1_35 | Self::V1_36 | Self::V1_37 => None,
        }
    }

    /// Its place in [`Self::ALL`].
    pub(super) fn bit(self) -> usize {
        self as usize
    }

    fn minor(self) -> &'static str {
        ["30", "31", "32", "33", "34", "35", "36", "37"][self.bit()]
    }
}

impl fmt::Display for Version {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "1.{}", self.minor())
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn a_version_is_read_as_clusters_say_it() {
        for text in ["1.36", "v1.36", "1.36.2", "v1.36.2-eks-3025e55", "1.36+"] {
            assert_eq!(Version::parse(text), Some(Version::V1_36), "{text}");
        }
        for text in ["1", "36", "1.29", "2.36", "1.360", ""] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
        assert_eq!(Version::V1_36.to_string(), "1.36");
    }
}
