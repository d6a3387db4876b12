//! Versions of Kubernetes that kubeadm installs.

use std::fmt;

use crate::schema::kubernetes;

/// A version of Kubernetes that kubeadm installs on machines of our own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kubeadm {
    /// 1.30, which nobody mends any more.
    V1_30,
    /// 1.33, which nobody mends any more.
    V1_33,
    /// 1.36.
    V1_36,
}

impl Kubeadm {
    /// All there are, the oldest first.
    pub const ALL: [Self; 3] = [Self::V1_30, Self::V1_33, Self::V1_36];

    /// Major and minor, as the repository of packages names them: `v1.30`.
    #[must_use]
    pub fn minor(self) -> String {
        format!("v{}", self.definitions())
    }

    /// The version that is installed, patches included (<https://kubernetes.io/releases/1.30/> and so on).
    #[must_use]
    pub fn patch(self) -> &'static str {
        match self {
            Self::V1_30 => "1.30.14",
            Self::V1_33 => "1.33.10",
            Self::V1_36 => "1.36.2",
        }
    }

    /// The version of the packages, which is that with the number of the build.
    #[must_use]
    pub fn package(self) -> String {
        format!("{}-1.1", self.patch())
    }

    /// The version of kubeadm's own configuration: the newer one begins with 1.31, which warns of the older one, and 1.36 takes
    /// no other (<https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/>,
    /// <https://github.com/kubernetes/kubernetes/pull/136016>).
    #[must_use]
    pub fn configuration(self) -> &'static str {
        match self {
            Self::V1_30 => "kubeadm.k8s.io/v1beta3",
            Self::V1_33 | Self::V1_36 => "kubeadm.k8s.io/v1beta4",
        }
    }

    /// The image of the container that keeps a pod's namespaces, as kubeadm of that version names it: containerd has to use
    /// the same one.
    #[must_use]
    pub fn pause(self) -> &'static str {
        match self {
            Self::V1_30 => "registry.k8s.io/pause:3.9",
            Self::V1_33 => "registry.k8s.io/pause:3.10",
            Self::V1_36 => "registry.k8s.io/pause:3.10.1",
        }
    }

    /// The day after which nobody mends it (<https://kubernetes.io/releases/1.30/> and so on).
    #[must_use]
    pub fn ends(self) -> &'static str {
        match self {
            Self::V1_30 => "15 July 2025",
            Self::V1_33 => "28 June 2026",
            Self::V1_36 => "28 June 2027",
        }
    }

    /// Whether that day has passed, as far as is known here: what is rendered knows no clock.
    #[must_use]
    pub fn is_over(self) -> bool {
        self.definitions().ended().is_some()
    }

    /// Whose definitions manifests are checked against.
    #[must_use]
    pub fn definitions(self) -> kubernetes::Version {
        match self {
            Self::V1_30 => kubernetes::Version::V1_30,
            Self::V1_33 => kubernetes::Version::V1_33,
            Self::V1_36 => kubernetes::Version::V1_36,
        }
    }
}

impl fmt::Display for Kubeadm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.definitions().fmt(f)
    }
}
