use super::facts::{Names, bound, is_slip};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::manifest::is_settled;
use crate::read::template::known;
use crate::schema::nearest;

pub(super) const RULE: Rule = Rule {
    name: "unmapped-group",
    why: "Where only access entries say who gets into a cluster, a group has those whom an entry maps to it. A \
          binding to a group that no entry names gives its rights to nobody.",
    link: "https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html",
    level: Level::Error,
    family: Family::Across,
    example: r"
--- # cluster.yaml
Resources:
  Cluster:
    Type: AWS::EKS::Cluster
    Properties:
      RoleArn: !ImportValue role
      ResourcesVpcConfig: {SubnetIds: [!ImportValue subnet]}
      AccessConfig: {AuthenticationMode: API}
  Deployers:
    Type: AWS::EKS::AccessEntry
    Properties: {ClusterName: !Ref Cluster, PrincipalArn: !ImportValue role, KubernetesGroups: [deployers]}
--- # access.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: people}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects:
  - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: deployers}
  - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: readers}
",
    instead: r"
--- # cluster.yaml
Resources:
  Cluster:
    Type: AWS::EKS::Cluster
    Properties:
      RoleArn: !ImportValue role
      ResourcesVpcConfig: {SubnetIds: [!ImportValue subnet]}
      AccessConfig: {AuthenticationMode: API}
  Deployers:
    Type: AWS::EKS::AccessEntry
    Properties: {ClusterName: !Ref Cluster, PrincipalArn: !ImportValue role, KubernetesGroups: [deployers, readers]}
--- # access.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: people}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects:
  - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: deployers}
  - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: readers}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let groups = Names::of(set, "AWS::EKS::AccessEntry", "KubernetesGroups/*");
    if groups.is_empty() || !groups.is_closed() || !only_entries(set) {
        return;
    }
    let bound = bound(set);
    let is_shared = bound
        .iter()
        .any(|(_, node)| node.text().is_some_and(|name| groups.is(name)));
    for (binding, node) in &bound {
        let name = node.text().unwrap_or_default();
        // Those of Kubernetes itself have their members without any entry.
        if name.starts_with("system:") || !is_settled(name) || groups.is(name) {
            continue;
        }
        let near = nearest(
            name,
            groups
                .known()
                .map(|(known, _)| known)
                .filter(|known| is_slip(name, known)),
        );
        if !(set.together || is_shared || near.is_some()) {
            continue;
        }
        let message = format!(
            "{} binds the group `{name}`, which no access entry gives to anybody",
            binding.title()
        );
        let draft = report.value(node, message);
        draft.sure(groups.sure());
        let other = groups.known().find(|(known, _)| near.is_none_or(|near| near == *known));
        draft.also_if(other.map(|(_, at)| at), "a group that is given");
        match near {
            Some(near) => draft.help(format!("did you mean `{near}`?")),
            None => draft.help("give the group to a role with an AWS::EKS::AccessEntry, or remove the subject"),
        }
    }
}

/// Whether each cluster of the templates takes only access entries: neither a ConfigMap nor an identity provider.
fn only_entries(set: &Set<'_>) -> bool {
    let mut clusters = set.of("AWS::EKS::Cluster").peekable();
    let any = clusters.peek().is_some();
    let only = clusters.all(|(template, cluster)| {
        let mode = cluster.dig(&["AccessConfig", "AuthenticationMode"]);
        mode.and_then(|mode| known::text(template, mode))
            .is_some_and(|mode| mode == "API")
    });
    any && only && set.of("AWS::EKS::IdentityProviderConfig").next().is_none()
}
