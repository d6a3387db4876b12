use super::facts::{bound, is_slip, named};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::is_settled;
use crate::read::template::path::Place;
use crate::schema::nearest;

pub(super) const RULE: Rule = Rule {
    name: "idle-access",
    why: "An access entry maps a role of AWS to a group of the cluster. What the group may do, a binding says; \
          without one, whoever takes the role gets into the cluster and may do nothing there.",
    link: "https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html",
    level: Level::Error,
    family: Family::Across,
    example: r"
--- # cluster.yaml
Resources:
  Deployers:
    Type: AWS::EKS::AccessEntry
    Properties: {ClusterName: shop, PrincipalArn: !ImportValue deployers, KubernetesGroups: [deployer]}
--- # access.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: deployers, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: deployers}]
",
    instead: r"
--- # cluster.yaml
Resources:
  Deployers:
    Type: AWS::EKS::AccessEntry
    Properties: {ClusterName: shop, PrincipalArn: !ImportValue deployers, KubernetesGroups: [deployers]}
--- # access.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: deployers, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: deployers}]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let bound = bound(set);
    let names = || bound.iter().filter_map(|(_, node)| node.text());
    // What is filled in later may be any group.
    if names().any(|name| !is_settled(name)) {
        return;
    }
    let places: Vec<_> = set.at("AWS::EKS::AccessEntry", "KubernetesGroups/*").collect();
    let known = |node: &'a Node, place: &Place<'_, 'a>| named(set, place.template, node);
    let is_shared = places.iter().any(|place| {
        known(place.node, place)
            .iter()
            .any(|group| names().any(|name| name == &**group))
    });
    for place in &places {
        let texts = known(place.node, place);
        let [group] = texts.as_slice() else { continue };
        if names().any(|name| name == &**group) {
            continue;
        }
        let near = nearest(group, names().filter(|name| is_slip(group, name)));
        if !(set.together || is_shared || near.is_some()) {
            continue;
        }
        let draft = report.value(
            place.node,
            format!("no binding gives the group `{}` any rights", &**group),
        );
        draft.sure(group.sure);
        let other = bound.iter().find(|(_, node)| near.is_none() || node.text() == near);
        match (other, near) {
            (Some((_, node)), Some(near)) => draft
                .also(*node, format!("`{near}` is here"))
                .help(format!("did you mean `{near}`?")),
            (Some((binding, _)), None) => draft
                .also(binding.place(), "what another group may do")
                .help("bind the group to a role, or leave it out of the access entry"),
            (None, _) => draft.help("bind the group to a role, or leave it out of the access entry"),
        }
    }
}
