//! What is applied beside the manifests of the service, since an operator must be there first, and what operators are told.

use super::{admission, monitoring, secrets};
use crate::manifest::{Bundle, Error, yaml};
use crate::model::{Environment, System};

/// A file beside the manifests.
#[derive(Clone, Debug)]
pub struct Beside {
    /// Its path, from the folder of what the cluster takes.
    pub path: &'static str,
    /// Its text.
    pub text: String,
    /// Whether it holds objects of the cluster.
    pub is_applied: bool,
}

/// The files of an environment beside its manifests.
///
/// # Errors
///
/// [`Error`] if two objects have one name.
pub fn beside(system: &System, environment: &Environment) -> Result<Vec<Beside>, Error> {
    let objects = |path, bundle: &Bundle| {
        let objects = bundle.objects().into_iter();
        let texts: Vec<String> = objects.map(|(_, object)| yaml(&object.json)).collect();
        Beside {
            path,
            text: texts.join("---\n"),
            is_applied: true,
        }
    };
    let mut files = Vec::new();
    if let Some(watched) = monitoring::watched(system, environment)? {
        let told = watched.told.into_iter().map(|(path, json)| Beside {
            path,
            text: yaml(&json),
            is_applied: false,
        });
        files.extend(told);
        files.push(objects("monitoring/prometheus-config.yaml", &watched.objects));
    }
    if let Some(synced) = secrets::synced(system, environment)? {
        files.push(objects("security/external-secrets.yaml", &synced));
    }
    if let Some((templates, constraints)) = admission::policies(system, environment) {
        let file = |path, text| Beside {
            path,
            text,
            is_applied: true,
        };
        files.push(file("security/security-policies.yaml", templates));
        files.push(file("security/security-constraints.yaml", constraints));
    }
    Ok(files)
}
