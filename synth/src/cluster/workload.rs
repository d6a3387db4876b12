//! What runs, as a Deployment with its settings.

use std::collections::BTreeMap;

use super::Place;
use super::namespace::exactly;
use super::pods::{Over, Pods, deployment};
use crate::k8s::{apps, core};
use crate::manifest::{Bundle, Error, Given, Name};
use crate::model::{Capacity, Reaches};

/// Its settings, and those that must agree with the load balancer.
pub(super) fn config(place: Place<'_>, bundle: &mut Bundle) -> Result<Name<core::ConfigMap>, Error> {
    bundle.add(core::ConfigMap {
        data: Some(settings(place)),
        ..core::ConfigMap::new(place.own())
    })
}

fn settings(place: Place<'_>) -> BTreeMap<String, String> {
    let fixed = place.system.service.variables(place.system.own_drain());
    let fixed = fixed.map(|(variable, value)| (variable.name().to_owned(), value));
    let given = place.system.settings(place.environment).into_iter();
    let given = given.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let secrets = place.system.secrets().map(|secret| {
        let told = match secret.reaches {
            Reaches::ByName => place.system.secret(place.environment, secret),
            Reaches::AsFiles => secret.folder(),
        };
        (secret.variable(), told)
    });
    fixed.into_iter().chain(secrets).chain(given).collect()
}

pub(super) fn expand(
    place: Place<'_>,
    bundle: &mut Bundle,
    account: &Name<core::ServiceAccount>,
    config: &Name<core::ConfigMap>,
) -> Result<Name<apps::Deployment>, Error> {
    let pods = Pods {
        system: place.system,
        labels: place.labels(),
        settings: settings(place),
        amounts: exactly(place),
        // Where pods scale, a number here would undo it at each deployment.
        replicas: match place.environment.scale.capacity {
            Capacity::Fixed(count) => Some(count),
            Capacity::Scaling { .. } => None,
        },
        image: image(place),
        over: Over::Zones,
    };
    // What runs is the digest; the tag tells people which commit that is.
    let version = ("app.kubernetes.io/version".to_owned(), Given::Tag.to_string());
    let spec = deployment(&pods, account, config);
    bundle.add(apps::Deployment::new(place.own().labelled([version]), spec))
}

/// The image by its digest, in the registry of the first environment.
fn image(place: Place<'_>) -> String {
    let home = place
        .system
        .registry_account()
        .unwrap_or_else(|| place.environment.account());
    format!("{}@{}", home.image(place.system.name.as_str()), Given::Digest)
}
