//! What is applied beside the manifests of the service, since an operator must be there first, and what operators are told.

use super::{admission, monitoring, operators, secrets, signatures};
use crate::manifest::{Bundle, Error, documents, yaml};
use crate::model::{Environment, System};

/// A file beside the manifests.
#[derive(Clone, Debug)]
pub struct Beside {
    /// Its path, from the folder of what the cluster takes.
    pub path: &'static str,
    /// Its text.
    pub text: String,
    /// What a person does with it.
    pub applied: Applied,
}

/// What a person does with a file beside the manifests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It holds no objects.
    No,
    /// Its objects are there before the operators.
    BeforeOperators,
    /// Its objects come after the operators that answer for their kinds.
    AfterOperators,
    /// They come after the operators, and make kinds that what is applied next is of.
    MakesKinds,
}

/// The files of an environment beside its manifests; `signer` is who signs images, as a certificate says it.
///
/// # Errors
///
/// [`Error`] if two objects have one name.
pub fn beside(system: &System, environment: &Environment, signer: &str) -> Result<Vec<Beside>, Error> {
    let applied = |path, text| Beside {
        path,
        text,
        applied: Applied::AfterOperators,
    };
    let objects = |bundle: &Bundle| documents(bundle.objects().into_iter().map(|(_, object)| &object.json));
    let mut files = Vec::new();
    if let Some(namespaces) = operators::namespaces(system)? {
        files.push(Beside {
            applied: Applied::BeforeOperators,
            ..applied("operators/namespaces.yaml", objects(&namespaces))
        });
    }
    if let Some(watched) = monitoring::watched(system, environment)? {
        let told = watched.told.into_iter().map(|(path, json)| Beside {
            path,
            text: yaml(&json),
            applied: Applied::No,
        });
        files.extend(told);
        let own = watched.objects.objects();
        let own = own.iter().map(|(_, object)| &object.json);
        let text = documents(own.chain(&watched.guards));
        files.push(applied("monitoring/prometheus-config.yaml", text));
    }
    if let Some(synced) = secrets::synced(system, environment)? {
        files.push(applied("security/external-secrets.yaml", objects(&synced)));
    }
    if let Some((templates, constraints)) = admission::policies(system, environment) {
        files.push(Beside {
            applied: Applied::MakesKinds,
            ..applied("security/security-policies.yaml", documents(&templates))
        });
        files.push(applied("security/security-constraints.yaml", documents(&constraints)));
    }
    if let Some(policy) = signatures::policy(system, environment, signer) {
        files.push(applied("security/security-scanning.yaml", yaml(&policy)));
    }
    Ok(files)
}
