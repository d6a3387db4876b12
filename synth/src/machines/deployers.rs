//! Who deploys: in each namespace an account that may do there what a deployment does, and no more.

use std::collections::{BTreeMap, BTreeSet};

use super::containers::{account, labels, role, rule};
use crate::cluster::{CHANGES, Checker, RELEASE, Waived, waived};
use crate::k8s::{core, rbac};
use crate::manifest::{Bundle, Error, Layout, Metadata, Object, documents};
use crate::model::Machines;

/// The account, in each namespace.
pub(super) const ACCOUNT: &str = "deployer";

/// The text of the accounts and their rights; `applied` are the objects that a deployment applies.
pub(super) fn objects(machines: &Machines, applied: &[&Object]) -> Result<String, Error> {
    let mut bundle = Bundle::new("", Layout::ByKind);
    for namespace in &machines.namespaces {
        let namespace = namespace.name.as_str();
        let own: Vec<&Object> = applied
            .iter()
            .copied()
            .filter(|object| object.json["metadata"]["namespace"] == namespace)
            .collect();
        let named = || {
            Metadata::named(ACCOUNT).labelled(labels(ACCOUNT)).annotated(
                "kubernetes.io/description",
                "What a deployment does, and no more: it is computed from what it applies",
            )
        };
        let who = bundle.add_in(
            namespace,
            core::ServiceAccount {
                automount_service_account_token: Some(false),
                ..core::ServiceAccount::new(named())
            },
        )?;
        let rules = rules(&own);
        let may = rbac::Role {
            rules: Some(rules.clone()),
            ..rbac::Role::new(waived(named(), &waivers(&rules)))
        };
        let may = bundle.add_in(namespace, may)?;
        let binding = rbac::RoleBinding {
            subjects: Some(account(&who, namespace)),
            ..rbac::RoleBinding::new(named(), role(rbac::RoleRefKind::Role, may.as_str()))
        };
        bundle.add_in(namespace, binding)?;
    }
    let all = bundle.objects();
    Ok(documents(all.iter().map(|(_, object)| &object.json)))
}

/// The checks that forbid to change what these rules let change.
fn waivers(rules: &[rbac::PolicyRule]) -> Vec<Waived<'static>> {
    let changes = |kinds: &[&str]| {
        let mut changed = rules
            .iter()
            .filter(|rule| rule.verbs.iter().any(|verb| verb == "patch"));
        changed.any(|rule| {
            let mut named = rule.resources.iter().flatten();
            named.any(|one| kinds.contains(&one.as_str()))
        })
    };
    let all = CHANGES.iter().filter(|(_, kinds)| changes(kinds));
    all.map(|(check, _)| (Checker::Trivy, std::slice::from_ref(check), RELEASE))
        .collect()
}

/// Each object is applied under its name; a right to make one cannot be bound to a name. A deployment is waited for, and what
/// its pods say is looked at.
fn rules(applied: &[&Object]) -> Vec<rbac::PolicyRule> {
    let mut kinds: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for object in applied {
        kinds
            .entry((object.group, object.resource))
            .or_default()
            .insert(&object.name);
    }
    let mut rules = Vec::new();
    for ((group, resource), names) in kinds {
        rules.push(rule(group, &[resource], &["create"]));
        rules.push(rbac::PolicyRule {
            resource_names: Some(names.into_iter().map(str::to_owned).collect()),
            ..rule(group, &[resource], &["get", "patch"])
        });
    }
    rules.push(rule("", &["events"], &["list"]));
    rules.push(rule("", &["pods"], &["get", "list"]));
    rules.push(rule("apps", &["deployments"], &["get", "list", "watch"]));
    rules
}
