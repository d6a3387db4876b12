//! Which objects stand in one file, and in which order the files are applied.

/// Which objects stand in one file. `kubectl apply -f` takes the files of a folder by their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A file for each kind: `65-deployment.yaml`.
    ByKind,
    /// A file for each concern, as people look for it: `05-autoscaling.yaml`. What a person applies and what the pipeline
    /// applies never stand in one.
    ByConcern,
}

/// The kinds in the order in which they are applied: a namespace before what is in it, what is named before what names it.
const ORDER: [&str; 19] = [
    "Namespace",
    "ResourceQuota",
    "LimitRange",
    "ServiceAccount",
    "Role",
    "RoleBinding",
    "IngressClassParams",
    "IngressClass",
    "ConfigMap",
    "NetworkPolicy",
    "Service",
    "Ingress",
    "PodDisruptionBudget",
    "Deployment",
    "HorizontalPodAutoscaler",
    "PeerAuthentication",
    "AuthorizationPolicy",
    "Gateway",
    "VirtualService",
];

/// The concerns in the order of their files, each with its kinds.
const CONCERNS: [(&str, &[&str]); 7] = [
    (
        "namespace",
        &[
            "Namespace",
            "ResourceQuota",
            "LimitRange",
            "ServiceAccount",
            "IngressClassParams",
            "IngressClass",
            "PeerAuthentication",
        ],
    ),
    ("deployment", &["ConfigMap", "Deployment"]),
    ("service", &["Service"]),
    ("ingress", &["Ingress", "Gateway", "VirtualService"]),
    ("rbac", &["Role", "RoleBinding"]),
    ("autoscaling", &["HorizontalPodAutoscaler", "PodDisruptionBudget"]),
    ("network-policy", &["NetworkPolicy", "AuthorizationPolicy"]),
];

impl Layout {
    /// Where a kind stands among all, and the file that it stands in. One that is not known here comes last.
    pub(super) fn place(self, kind: &str) -> ((usize, usize), String) {
        let of = |kinds: &[&str]| kinds.iter().position(|known| *known == kind);
        match self {
            Self::ByKind => {
                let at = of(&ORDER).unwrap_or(ORDER.len());
                ((at, 0), format!("{:02}-{}.yaml", at * 5, kind.to_ascii_lowercase()))
            }
            Self::ByConcern => {
                let mut concerns = CONCERNS.iter().enumerate();
                let found = concerns.find_map(|(at, (name, kinds))| Some(((at, of(kinds)?), *name)));
                let (place, name) = found.unwrap_or(((CONCERNS.len(), 0), "more"));
                (place, format!("{:02}-{name}.yaml", place.0))
            }
        }
    }
}
