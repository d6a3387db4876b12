//! What those who measure may ask the API server for: no more than what the figures are made of.

use super::{Place, described, named};
use crate::cluster::machines::base::MEASURES;
use crate::k8s::{core, rbac};
use crate::manifest::{Bundle, Error, Name};

/// What is counted: those that alerts and dashboards tell of, the group of each kind and the kind as rights name it.
pub(super) const COUNTED: [(&str, &str); 3] = [
    ("apps", "deployments"),
    ("autoscaling", "horizontalpodautoscalers"),
    ("", "pods"),
];

/// An account that asks the API server for nothing.
pub(super) fn nothing(place: Place<'_>, bundle: &mut Bundle, name: &str) -> Result<Name<core::ServiceAccount>, Error> {
    bundle.add(core::ServiceAccount {
        automount_service_account_token: Some(false),
        ..core::ServiceAccount::new(named(place, name))
    })
}

/// Prometheus sees where pods are in the namespaces of the system, and which machines there are, whose kubelets it may ask for
/// figures and for nothing else
/// (<https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/#kubelet-authorization>).
pub(super) fn prometheus(place: Place<'_>, bundle: &mut Bundle) -> Result<Name<core::ServiceAccount>, Error> {
    let name = "prometheus";
    let account = nothing(place, bundle, name)?;
    let machines = vec![
        rule(&["get", "list", "watch"], "", &["nodes"]),
        rule(&["get"], "", &["nodes/metrics"]),
    ];
    let role = bundle.add(rbac::ClusterRole {
        rules: Some(machines),
        ..rbac::ClusterRole::new(described(
            place,
            name,
            "Which machines there are, and what they measure",
        ))
    })?;
    bundle.add(rbac::ClusterRoleBinding {
        subjects: Some(vec![subject(&account)]),
        ..rbac::ClusterRoleBinding::new(
            named(place, name),
            reference(rbac::RoleRefKind::ClusterRole, role.as_str()),
        )
    })?;
    let found = || {
        vec![
            rule(&["get", "list", "watch"], "", &["pods", "services"]),
            rule(&["get", "list", "watch"], "discovery.k8s.io", &["endpointslices"]),
        ]
    };
    for namespace in spaces(place).chain([super::OF_MACHINES]) {
        of_namespace(place, bundle, (name, namespace), (found(), &account))?;
    }
    Ok(account)
}

/// What counts objects sees those that it counts, in the namespaces of the system and in its own.
pub(super) fn state(place: Place<'_>, bundle: &mut Bundle) -> Result<Name<core::ServiceAccount>, Error> {
    let name = "kube-state-metrics";
    let account = nothing(place, bundle, name)?;
    let counted = || COUNTED.map(|(group, resource)| rule(&["list", "watch"], group, &[resource]));
    for namespace in spaces(place) {
        of_namespace(place, bundle, (name, namespace), (counted().to_vec(), &account))?;
    }
    Ok(account)
}

/// The namespaces that are measured.
fn spaces(place: Place<'_>) -> impl Iterator<Item = &str> {
    let (own, _) = MEASURES;
    let all = place.machines.namespaces.iter();
    all.map(|namespace| namespace.name.as_str()).chain([own])
}

fn of_namespace(
    place: Place<'_>,
    bundle: &mut Bundle,
    (name, namespace): (&str, &str),
    (rules, account): (Vec<rbac::PolicyRule>, &Name<core::ServiceAccount>),
) -> Result<(), Error> {
    let role = rbac::Role {
        rules: Some(rules),
        ..rbac::Role::new(described(place, name, "What its figures are made of"))
    };
    let role = bundle.add_in(namespace, role)?;
    let binding = rbac::RoleBinding {
        subjects: Some(vec![subject(account)]),
        ..rbac::RoleBinding::new(named(place, name), reference(rbac::RoleRefKind::Role, role.as_str()))
    };
    bundle.add_in(namespace, binding)?;
    Ok(())
}

fn reference(kind: rbac::RoleRefKind, name: &str) -> rbac::RoleRef {
    rbac::RoleRef {
        api_group: Some(rbac::RoleRefApiGroup::RbacAuthorizationK8sIo),
        ..rbac::RoleRef::new(kind, name)
    }
}

fn subject(account: &Name<core::ServiceAccount>) -> rbac::Subject {
    rbac::Subject {
        namespace: Some(MEASURES.0.into()),
        ..rbac::Subject::new(rbac::SubjectKind::ServiceAccount, account.as_str())
    }
}

fn rule(verbs: &[&str], group: &str, resources: &[&str]) -> rbac::PolicyRule {
    let texts = |all: &[&str]| all.iter().map(|&one| one.to_owned()).collect::<Vec<_>>();
    rbac::PolicyRule {
        api_groups: Some(vec![group.to_owned()]),
        resources: Some(texts(resources)),
        ..rbac::PolicyRule::new(texts(verbs))
    }
}
