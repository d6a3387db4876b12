//! The names that users know, and the certificates for them.

use serde::Serialize;

use crate::model::{Account, Stack};
use crate::render::{Site, Whole};

/// The one certificate of all names in a region of an account.
#[derive(Serialize)]
pub(super) struct Certificate {
    region: String,
    /// Empty where there is one account.
    account: String,
    name: String,
    /// The names beside it, in one line.
    others: String,
}

/// A name that leads to a load balancer.
#[derive(Serialize)]
pub(super) struct Host {
    pub(super) name: String,
    environment: String,
    region: String,
    /// The stack of the load balancer; empty where the cluster makes it.
    stack: String,
    /// The cluster that makes it, the namespace and the name of the Ingress; empty where a stack does.
    cluster: String,
    namespace: String,
    ingress: String,
}

/// The region of an environment.
pub(super) fn region(site: &Site<'_>) -> String {
    site.environment.account().region.as_str().to_owned()
}

/// The certificate of each account and region that has names.
pub(super) fn certificates(whole: &Whole<'_>) -> Vec<Certificate> {
    let mut all: Vec<(&Account, Vec<String>)> = Vec::new();
    for site in &whole.sites {
        let (account, host) = (site.environment.account(), host(whole, site));
        let known = all
            .iter_mut()
            .find(|(it, _)| it.id == account.id && it.region == account.region);
        match (known, host) {
            (Some((_, names)), Some(host)) => names.push(host.name),
            (None, Some(host)) => all.push((account, vec![host.name])),
            (_, None) => {}
        }
    }
    let alone = whole.system.accounts().len() == 1;
    let certificate = |(account, names): (&Account, Vec<String>)| Certificate {
        region: account.region.as_str().to_owned(),
        account: if alone { String::new() } else { account.id.to_string() },
        name: names.first().cloned().unwrap_or_default(),
        others: names.get(1..).unwrap_or_default().join(" "),
    };
    all.into_iter().map(certificate).collect()
}

/// The name of an environment, if it has one.
pub(super) fn host(whole: &Whole<'_>, site: &Site<'_>) -> Option<Host> {
    let (system, environment) = (whole.system, site.environment);
    let pods = system.kubernetes().is_some();
    let of_pods = |text: String| if pods { text } else { String::new() };
    Some(Host {
        name: system.host(environment)?,
        environment: site.name().to_owned(),
        region: region(site),
        stack: if pods {
            String::new()
        } else {
            system.stack(environment, Stack::Network)
        },
        cluster: of_pods(system.cluster(environment)),
        namespace: of_pods(system.entry_namespace().to_owned()),
        ingress: of_pods(system.workload().to_owned()),
    })
}
