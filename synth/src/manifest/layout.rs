//! Which objects stand in one file, and in which order the files are applied.

/// Which objects stand in one file. `kubectl apply -f` takes the files of a folder by their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A file for each kind: `65-deployment.yaml`.
    ByKind,
    /// A file for each concern, as people look for it: `05-autoscaling.yaml`. What a person applies and what the pipeline
    /// applies never stand in one.
    ByConcern,
    /// The same without numbers: a kustomization says in which order they come.
    Kustomized,
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

/// A concern, and its kinds.
type Concern = (&'static str, &'static [&'static str]);

/// The concerns in the order of their files, each with its kinds.
const CONCERNS: [Concern; 7] = [
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

/// The same where a kustomization takes the files: what only a person applies stands in a folder of its own.
const KUSTOMIZED: [Concern; 4] = [
    ("deployment", &["ServiceAccount", "ConfigMap", "Deployment"]),
    ("service", &["Service"]),
    ("autoscaling", &["HorizontalPodAutoscaler", "PodDisruptionBudget"]),
    ("network-policy", &["NetworkPolicy"]),
];

/// The place of a kind among concerns, and the name of its file.
fn concern(concerns: &[Concern], kind: &str) -> ((usize, usize), &'static str) {
    let mut all = concerns.iter().enumerate();
    let at = |kinds: &[&str]| kinds.iter().position(|known| *known == kind);
    let found = all.find_map(|(place, (name, kinds))| Some(((place, at(kinds)?), *name)));
    found.unwrap_or(((concerns.len(), 0), "more"))
}

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
                let (place, name) = concern(&CONCERNS, kind);
                (place, format!("{:02}-{name}.yaml", place.0))
            }
            Self::Kustomized => {
                let (place, name) = concern(&KUSTOMIZED, kind);
                (place, format!("{name}.yaml"))
            }
        }
    }
}
