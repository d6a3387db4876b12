use super::facts::{has_pods, is_slip};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::{Namespace, Object, Pods, is_settled};
use crate::read::template::known::Ask;
use crate::read::template::path::Place;
use crate::schema::nearest;

pub(super) const RULE: Rule = Rule {
    name: "idle-identity",
    why: "A pod identity association gives a role to the pods of one ServiceAccount. EKS takes any name, so that \
          with another name or namespace than the ServiceAccount has the pods get no role, and find out with \
          their first call.",
    link: "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html",
    level: Level::Error,
    family: Family::Across,
    example: r"
--- # identity.yaml
Resources:
  Orders:
    Type: AWS::EKS::PodIdentityAssociation
    Properties:
      ClusterName: shop
      Namespace: shop
      ServiceAccount: order
      RoleArn: !ImportValue orders-role
--- # orders.yaml
apiVersion: v1
kind: ServiceAccount
metadata: {name: orders, namespace: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: orders, namespace: shop}
spec: {serviceAccountName: orders, containers: [{name: orders, image: 'example/orders:1.0'}]}
",
    instead: r"
--- # identity.yaml
Resources:
  Orders:
    Type: AWS::EKS::PodIdentityAssociation
    Properties:
      ClusterName: shop
      Namespace: shop
      ServiceAccount: orders
      RoleArn: !ImportValue orders-role
--- # orders.yaml
apiVersion: v1
kind: ServiceAccount
metadata: {name: orders, namespace: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: orders, namespace: shop}
spec: {serviceAccountName: orders, containers: [{name: orders, image: 'example/orders:1.0'}]}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, association) in set.of("AWS::EKS::PodIdentityAssociation") {
        let ask = Ask::of(template).across(set);
        let (Some(namespace), Some(account)) = (
            association.property("Namespace"),
            association.property("ServiceAccount"),
        ) else {
            continue;
        };
        // One of several is for another environment.
        let (homes, names) = (ask.texts(namespace), ask.texts(account));
        let ([home], [name]) = (homes.as_slice(), names.as_slice()) else {
            continue;
        };
        let sure = home.sure.max(name.sure);
        if let Some(found) = missed(set, home, name) {
            let node = if found.is_elsewhere { namespace } else { account };
            let draft = report.value(
                node,
                format!(
                    "no manifest makes the ServiceAccount `{}` of namespace `{}`",
                    &**name, &**home
                ),
            );
            draft.sure(sure).also(found.place, found.label);
            draft.help(found.help);
        }
    }
}

/// What shows that an association is for these manifests, though none has its ServiceAccount.
struct Missed<'a> {
    place: &'a Node,
    label: String,
    help: String,
    is_elsewhere: bool,
}

fn missed<'a>(set: &Set<'a>, home: &str, name: &str) -> Option<Missed<'a>> {
    let accounts: Vec<Object<'a>> = set.manifests.of("ServiceAccount").collect();
    let within = |account: &&Object<'a>| account.namespace().meets(Namespace::Said(home));
    let is_it = |account: &Object<'a>| account.name().is_none_or(|its| its == name || !is_settled(its));
    // What a chart or an operator makes is in no file.
    let is_operated = set.manifests.is_operated(Namespace::Said(home)) && !has_pods(set, home);
    if name == "default" || is_operated || accounts.iter().filter(within).any(is_it) {
        return None;
    }
    let names = accounts.iter().filter(within).filter_map(Object::name);
    if let Some(near) = nearest(name, names.filter(|near| is_slip(name, near))) {
        let mut there = accounts.iter().filter(within);
        return Some(Missed {
            place: there.find(|one| one.name() == Some(near))?.place(),
            label: format!("`{near}` is here"),
            help: format!("did you mean `{near}`?"),
            is_elsewhere: false,
        });
    }
    if has_pods(set, home) {
        unserved(set, home, name)
    } else if given(set).iter().filter(|one| *one == name).count() == 1 {
        elsewhere(&accounts, name)
    } else {
        None
    }
}

/// Pods run there, and the account of some of them has no role.
fn unserved<'a>(set: &Set<'a>, home: &str, name: &str) -> Option<Missed<'a>> {
    let there = |pods: &&Pods<'a>| pods.object.namespace() == Namespace::Said(home);
    let given = given(set);
    let idle = |pods: &&Pods<'a>| {
        let account = pods.account().and_then(Node::text).unwrap_or("default");
        account == name || !given.iter().any(|one| one == account)
    };
    let pods = set.manifests.pods().iter().filter(there).find(idle)?;
    Some(Missed {
        place: pods.account().unwrap_or(pods.object.place()),
        label: format!("{} runs in this namespace", pods.object.title()),
        help: "make the ServiceAccount, or name the one that the pods run as".to_owned(),
        is_elsewhere: false,
    })
}

/// One of the name is in another namespace.
fn elsewhere<'a>(accounts: &[Object<'a>], name: &str) -> Option<Missed<'a>> {
    let other = accounts.iter().find(|one| one.name() == Some(name))?;
    let there = other
        .text(&["metadata", "namespace"])
        .filter(|there| is_settled(there))?;
    Some(Missed {
        place: other.place(),
        label: format!("it is in namespace `{there}`"),
        help: format!("set `Namespace: {there}`"),
        is_elsewhere: true,
    })
}

/// The names of accounts that associations give roles to.
fn given(set: &Set<'_>) -> Vec<String> {
    let names = set.at("AWS::EKS::PodIdentityAssociation", "ServiceAccount");
    names.flat_map(Place::texts).map(|name| name.to_string()).collect()
}
