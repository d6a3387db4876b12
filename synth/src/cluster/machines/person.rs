//! What only a person applies: the namespaces with what nothing in them may exceed, and who deploys there.

use std::collections::{BTreeMap, BTreeSet};

use super::{Place, empty};
use crate::cluster::namespace::{hard, limits, standard};
use crate::k8s::{core, rbac};
use crate::manifest::{Bundle, Error, Layout, Metadata, Quantity, documents, yaml};
use crate::model::{Namespace, Standard};

/// The account that deploys into a namespace: the control plane's `deploy` has its rights there, and no others.
const DEPLOYER: &str = "deployer";

/// The files of its folder: one for each namespace.
pub(super) fn files(
    place: Place<'_>,
    applied: impl Fn(&Namespace) -> Result<Vec<Bundle>, Error>,
) -> Result<BTreeMap<String, String>, Error> {
    let mut files = BTreeMap::new();
    let mut resources = Vec::new();
    for namespace in &place.machines.namespaces {
        let bundle = of_namespace(place, namespace, &applied(namespace)?)?;
        let objects = bundle.objects();
        let name = format!("{}.yaml", namespace.name);
        let text = documents(objects.iter().map(|(_, object)| &object.json));
        files.insert(format!("cluster/{name}"), text);
        resources.push(name);
    }
    let mut kustomization = empty();
    kustomization["resources"] = resources.into();
    files.insert("cluster/kustomization.yaml".to_owned(), yaml(&kustomization));
    Ok(files)
}

fn of_namespace(place: Place<'_>, namespace: &Namespace, applied: &[Bundle]) -> Result<Bundle, Error> {
    let name = namespace.name.as_str();
    let mut all = Bundle::new(name, Layout::ByKind);
    let labels = place.labels_of(namespace).all();
    let named = |name: &str| Metadata::named(name).labelled(labels.clone());
    let level = standard(Standard::Restricted, place.machines.version.definitions());
    let own = named(name)
        .labelled(level)
        .annotated("kubernetes.io/description", namespace.purpose.as_str());
    all.add(core::Namespace::new(own))?;
    let quota = core::ResourceQuotaSpec {
        hard: Some(quota(namespace)),
        ..Default::default()
    };
    all.add(core::ResourceQuota::new(named(place.system.workload()), quota))?;
    let limits = limits(namespace.amounts);
    all.add(core::LimitRange::new(named(place.system.workload()), limits))?;
    let account = all.add(core::ServiceAccount {
        automount_service_account_token: Some(false),
        ..core::ServiceAccount::new(named(DEPLOYER))
    })?;
    let because = "What is applied to the namespace, and no more: it is computed from that";
    let role = rbac::Role {
        rules: Some(rules(applied)),
        ..rbac::Role::new(named(DEPLOYER).annotated("kubernetes.io/description", because))
    };
    let role = all.add(role)?;
    let reference = rbac::RoleRef {
        api_group: Some(rbac::RoleRefApiGroup::RbacAuthorizationK8sIo),
        ..rbac::RoleRef::new(rbac::RoleRefKind::Role, role.as_str())
    };
    let subject = rbac::Subject {
        namespace: Some(name.into()),
        ..rbac::Subject::new(rbac::SubjectKind::ServiceAccount, account.as_str())
    };
    all.add(rbac::RoleBinding {
        subjects: Some(vec![subject]),
        ..rbac::RoleBinding::new(named(DEPLOYER), reference)
    })?;
    Ok(all)
}

/// All pods that there may be, and the one port of machines.
fn quota(namespace: &Namespace) -> BTreeMap<String, Quantity> {
    let amounts = namespace.amounts;
    let mut hard = hard(
        namespace.most(),
        (amounts.cpu.most(), amounts.memory.most()),
        (amounts.cpu.least(), amounts.memory.least()),
    );
    hard.insert("services.nodeports".to_owned(), Quantity::Count(1));
    hard
}

/// What applying something takes: to make it, to see it and to change it, by its name where the API server knows one. The rest
/// is to see whether it runs.
fn rules(applied: &[Bundle]) -> Vec<rbac::PolicyRule> {
    let mut kinds: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for bundle in applied {
        for (_, object) in bundle.objects() {
            let names = kinds.entry((object.group, object.resource)).or_default();
            names.insert(object.name.as_str());
        }
    }
    let mut rules = Vec::new();
    for ((group, resource), names) in &kinds {
        rules.push(rule((group, resource), &["create"], None));
        let verbs: &[&str] = match *resource {
            "deployments" => &["get", "list", "patch", "watch"],
            _ => &["get", "patch"],
        };
        let names = names.iter().map(|&name| name.to_owned()).collect();
        rules.push(rule((group, resource), verbs, Some(names)));
    }
    rules.push(rule(("", "pods"), &["get", "list"], None));
    rules.push(rule(("", "events"), &["list"], None));
    rules
}

fn rule((group, resource): (&str, &str), verbs: &[&str], names: Option<Vec<String>>) -> rbac::PolicyRule {
    rbac::PolicyRule {
        api_groups: Some(vec![group.to_owned()]),
        resource_names: names,
        resources: Some(vec![resource.to_owned()]),
        ..rbac::PolicyRule::new(verbs.iter().map(|&verb| verb.to_owned()).collect::<Vec<_>>())
    }
}
