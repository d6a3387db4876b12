//! Versions of Kubernetes.

use std::fmt;

/// A minor version whose kinds are in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// 1.30.
    V1_30,
    /// 1.31.
    V1_31,
    /// 1.32.
    V1_32,
    /// 1.33.
    V1_33,
    /// 1.34.
    V1_34,
    /// 1.35.
    V1_35,
    /// 1.36.
    V1_36,
    /// 1.37.
    V1_37,
}

impl Version {
    /// All there are, the oldest first.
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

    /// The newest.
    pub const NEWEST: Self = Self::V1_37;

    /// The version that a text names: `1.36`, `v1.36` or `v1.36.2`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim_start_matches('v').splitn(3, '.');
        let minor = format!("{}.{}", parts.next()?, parts.next()?);
        Self::ALL.into_iter().find(|version| version.to_string() == minor)
    }

    fn minor(self) -> u8 {
        30 + self as u8
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}", self.minor())
    }
}
