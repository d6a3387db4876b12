//! Versions of Kubernetes that EKS runs.

use std::fmt;

use crate::schema::kubernetes;

/// A version of Kubernetes that a cluster of EKS may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// 1.35: in EKS's standard support until 27 March 2027.
    V1_35,
    /// 1.36: in EKS's standard support until 2 August 2027.
    V1_36,
}

impl Version {
    /// The `kubectl` of that version.
    #[must_use]
    pub fn kubectl(self) -> &'static str {
        match self {
            Self::V1_35 => "v1.35.4",
            Self::V1_36 => "v1.36.2",
        }
    }

    /// The day on which EKS's standard support of it ends (Amazon EKS user guide, "Kubernetes version lifecycle").
    #[must_use]
    pub fn supported_until(self) -> &'static str {
        match self {
            Self::V1_35 => "27 March 2027",
            Self::V1_36 => "2 August 2027",
        }
    }

    /// Whose definitions manifests are checked against.
    #[must_use]
    pub fn definitions(self) -> kubernetes::Version {
        match self {
            Self::V1_35 => kubernetes::Version::V1_35,
            Self::V1_36 => kubernetes::Version::V1_36,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.definitions().fmt(f)
    }
}
