//! Who may do what in the namespace: the pods nothing, the pipeline what its steps do.

use super::{Place, ROLE};
use crate::k8s::{core, rbac};
use crate::manifest::{Bundle, Error, Metadata, Name};
use crate::permissions::Rule;
use crate::resources::identity;

/// The account of the pods. It has no rights in the cluster, and nobody needs its token.
pub(super) fn account(place: Place<'_>, bundle: &mut Bundle) -> Result<Name<core::ServiceAccount>, Error> {
    let role = identity::of_service(place.system, place.environment);
    bundle.add(of_role(place.own(), role))
}

/// An account whose token nobody has who does not ask for it, and its role on AWS if it names one itself.
pub(super) fn of_role(own: Metadata, role: Option<String>) -> core::ServiceAccount {
    let own = match role {
        Some(role) => own.annotated(ROLE, role),
        None => own,
    };
    core::ServiceAccount {
        automount_service_account_token: Some(false),
        ..core::ServiceAccount::new(own)
    }
}

/// A role, and the group that has it, in a namespace; none is the system's own.
pub(super) fn group(
    place: Place<'_>,
    bundle: &mut Bundle,
    (group, namespace): (&str, &str),
    rules: &[&Rule],
) -> Result<(), Error> {
    let name = place.role(group, namespace);
    let namespace = if namespace.is_empty() {
        place.system.namespace()
    } else {
        namespace
    };
    let because = "What the steps of the workflows do, and no more: it is computed from them";
    let role = rbac::Role {
        rules: Some(rules.iter().map(|one| rule(one)).collect()),
        ..rbac::Role::new(place.named(&name).annotated("kubernetes.io/description", because))
    };
    let role = bundle.add_in(namespace, role)?;
    let reference = rbac::RoleRef {
        api_group: Some(rbac::RoleRefApiGroup::RbacAuthorizationK8sIo),
        ..rbac::RoleRef::new(rbac::RoleRefKind::Role, role.as_str())
    };
    let subject = rbac::Subject {
        api_group: Some("rbac.authorization.k8s.io".into()),
        ..rbac::Subject::new(rbac::SubjectKind::Group, group)
    };
    let binding = rbac::RoleBinding {
        subjects: Some(vec![subject]),
        ..rbac::RoleBinding::new(place.named(&name), reference)
    };
    bundle.add_in(namespace, binding)?;
    Ok(())
}

fn rule(rule: &Rule) -> rbac::PolicyRule {
    let names: Vec<String> = rule.names.iter().cloned().collect();
    rbac::PolicyRule {
        api_groups: Some(vec![rule.group.clone()]),
        resource_names: (!names.is_empty()).then_some(names),
        resources: Some(vec![rule.resource.clone()]),
        ..rbac::PolicyRule::new(rule.verbs.iter().cloned().collect::<Vec<_>>())
    }
}
