//! What every environment has, with nothing that differs from one to the other.

use std::collections::BTreeMap;

use super::{Base, Place, bundle, service_port};
use crate::cluster::pods::{Over, Pods, deployment};
use crate::cluster::policy::{NOTHING, both, closed, names, of_names, pods_of, tcp};
use crate::cluster::waivers::{Checker, NUMBER, USER, Waived, waived};
use crate::k8s::{apps, core, meta, networking};
use crate::manifest::{Error, Given};
use crate::model::{Amounts, Namespace};

/// The namespace of what measures, and the label of the pods that ask for figures.
pub(crate) const MEASURES: (&str, (&str, &str)) = ("monitoring", ("app.kubernetes.io/name", "prometheus"));

/// What checks object to in the pods.
const OF_PODS: [Waived<'_>; 3] = [
    (Checker::Checkov, &["CKV_K8S_40"], USER),
    (Checker::Trivy, &["KSV-0020", "KSV-0021"], USER),
    (
        Checker::Trivy,
        &["KSV-0125"],
        "Images of this system are kept there, and a deployment names one by its digest",
    ),
];

pub(super) fn expand(place: Place<'_>) -> Result<Base, Error> {
    let mut objects = bundle("");
    let account = objects.add(core::ServiceAccount {
        automount_service_account_token: Some(false),
        ..core::ServiceAccount::new(place.own())
    })?;
    let settings = settings(place, None);
    let config = objects.add(core::ConfigMap {
        data: Some(settings.clone()),
        ..core::ConfigMap::new(waived(place.own(), &[(Checker::Trivy, &["KSV-01010"], NUMBER)]))
    })?;
    let spec = deployment(&pods(place, settings), &account, &config);
    // What runs is the digest; the tag tells people which commit that is.
    let version = ("app.kubernetes.io/version".to_owned(), Given::Tag.to_string());
    let runs = waived(place.own().labelled([version]), &OF_PODS);
    let deployment = objects.add(apps::Deployment::new(runs, spec))?;
    let because = "There is no load balancer before the machines: each answers under this port";
    let reached = waived(place.own(), &[(Checker::Synth, &["open-node-port"], because)]);
    objects.add(core::Service::new(reached, service(place)))?;
    objects.add(closed(place.described("default-deny", NOTHING)))?;
    let says = "Prometheus asks for figures, and names are asked for; who else comes in an overlay says";
    let own = place.described(place.system.workload(), says);
    objects.add(networking::NetworkPolicy::new(own, flows(place)))?;
    Ok(Base { deployment, objects })
}

/// The pods as they are where no overlay says otherwise: with as much as those of the first environment.
fn pods(place: Place<'_>, settings: BTreeMap<String, String>) -> Pods<'_> {
    let first = place.machines.namespaces.first();
    Pods {
        system: place.system,
        labels: place.labels(),
        settings,
        amounts: first.map_or(Amounts::exactly(100, 128), |first| first.amounts),
        replicas: None,
        image: place.image(),
        over: Over::Machines,
    }
}

/// The settings of the service, with those of an environment in the place of its own.
pub(super) fn settings(place: Place<'_>, namespace: Option<&Namespace>) -> BTreeMap<String, String> {
    let service = &place.system.service;
    let fixed = service.variables(place.system.own_drain());
    let fixed = fixed.map(|(variable, value)| (variable.name().to_owned(), value));
    let given = service.settings.iter().cloned();
    let own = namespace
        .into_iter()
        .flat_map(|namespace| namespace.settings.iter().cloned());
    fixed.into_iter().chain(given).chain(own).collect()
}

/// It is reached by a port of each machine, which an overlay says.
fn service(place: Place<'_>) -> core::ServiceSpec {
    core::ServiceSpec {
        ports: Some(vec![service_port()]),
        selector: Some(place.labels().selector()),
        r#type: Some(core::ServiceSpecType::NodePort),
        ..Default::default()
    }
}

fn flows(place: Place<'_>) -> networking::NetworkPolicySpec {
    let (namespace, label) = MEASURES;
    let measured = networking::NetworkPolicyIngressRule {
        from: Some(vec![pods_of(namespace, label)]),
        ports: Some(vec![tcp(place.system.service.port.number().into())]),
    };
    let named = networking::NetworkPolicyEgressRule {
        ports: Some(of_names()),
        to: Some(vec![names()]),
    };
    networking::NetworkPolicySpec {
        egress: Some(vec![named]),
        ingress: Some(vec![measured]),
        pod_selector: Some(meta::LabelSelector {
            match_labels: Some(place.labels().selector()),
            ..Default::default()
        }),
        policy_types: Some(both()),
    }
}
