use crate::checks::{Family, Level, Report, Rule, Set};
use crate::schema::kubernetes::Version;

pub(super) const RULE: Rule = Rule {
    name: "ended-version",
    why: "A minor version of Kubernetes is mended for fourteen months. Holes that are found afterwards stay open.",
    link: "https://kubernetes.io/releases/patch-releases/#non-active-branch-history",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
kubernetesVersion: v1.30.14
",
    instead: r"
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.36.2
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for configuration in set.manifests.configurations() {
        let Some(node) = configuration.dig(&["kubernetesVersion"]) else {
            continue;
        };
        let version = node.text().and_then(Version::parse);
        let Some((version, day)) = version.and_then(|version| Some((version, version.ended()?))) else {
            continue;
        };
        report
            .value(node, format!("Kubernetes {version} is not mended any more since {day}"))
            .help("upgrade with `kubeadm upgrade`, one minor version after the other");
    }
}
