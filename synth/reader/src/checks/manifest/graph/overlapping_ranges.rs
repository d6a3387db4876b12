use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::{Block, Node};

pub(super) const RULE: Rule = Rule {
    name: "overlapping-ranges",
    why: "An address that a pod and a Service can have at once leads to one of them: kubeadm makes such a cluster, and \
          nothing in it can be relied upon. Where the configuration does not say the range of Services, it is 10.96.0.0/12.",
    link: "https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/#kubeadm-k8s-io-v1beta4-Networking",
    level: Level::Error,
    family: Family::Graph,
    example: r"
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking: {podSubnet: 10.96.0.0/16, serviceSubnet: 10.96.0.0/12}
",
    instead: r"
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking: {podSubnet: 10.244.0.0/16, serviceSubnet: 10.96.0.0/12}
",
    check,
};

/// What kubeadm takes where nothing is said.
const SERVICES: &str = "10.96.0.0/12";

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for configuration in set.manifests.configurations() {
        let range = |name: &str| configuration.dig(&["networking", name]);
        let Some(node) = range("podSubnet") else { continue };
        let services = range("serviceSubnet");
        let (pods, others) = (blocks(node.text()), blocks(services.map_or(Some(SERVICES), Node::text)));
        if pods.iter().any(|pod| others.iter().any(|other| pod.meets(*other))) {
            report
                .value(node, "the addresses of pods are among those of Services")
                .also_if(services, "the addresses of Services")
                .help(format!(
                    "take a range for pods that {} has no part of",
                    services.and_then(Node::text).unwrap_or(SERVICES)
                ));
        }
    }
}

/// One range of each family, with a comma between them.
fn blocks(text: Option<&str>) -> Vec<Block> {
    let parts = text.into_iter().flat_map(|text| text.split(','));
    parts.filter_map(|part| Block::parse(part.trim())).collect()
}
