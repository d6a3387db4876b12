//! The secrets that External Secrets brings into the namespace
//! (<https://external-secrets.io/latest/provider/aws-secrets-manager/>).

use super::{Place, access};
use crate::k8s::{core, external_secrets as external};
use crate::manifest::{Bundle, Error, Name};
use crate::model::{Environment, Reaches, Secret, System};
use crate::resources::identity;

/// How often a secret is looked at: another value reaches the pods within that time and a minute or two.
const REFRESH: &str = "5m0s";

/// The objects that say which secrets come, and from where; nothing if none does.
pub(super) fn synced(system: &System, environment: &Environment) -> Result<Option<Bundle>, Error> {
    let place = Place { system, environment };
    let mut secrets = system.secrets_that(Reaches::AsFiles).peekable();
    if secrets.peek().is_none() {
        return Ok(None);
    }
    let mut bundle = Bundle::new(system.namespace(), system.layout());
    let asks = identity::of_secrets(system, environment);
    let asks = asks.map(|(account, role)| bundle.add(access::of_role(place.named(&account), Some(role))));
    let store = bundle.add(store(place, asks.transpose()?.as_ref()))?;
    for secret in secrets {
        bundle.add(self::secret(place, &store, secret))?;
    }
    Ok(Some(bundle))
}

/// The name of the object that a secret becomes.
pub(crate) fn target(system: &System, secret: &Secret) -> String {
    format!("{}-{}", system.workload(), secret.name)
}

/// Secrets Manager, which the operator asks as itself: with Pod Identity there is nothing to say of who it is. Where the
/// cluster signs, it asks as an account of the namespace whose token it asks the cluster for.
fn store(place: Place<'_>, asks: Option<&Name<core::ServiceAccount>>) -> external::SecretStore {
    let region = place.environment.account().region.as_str();
    let service = external::SecretStoreSpecProviderAwsService::SecretsManager;
    let provider = external::SecretStoreSpecProvider {
        aws: Some(external::SecretStoreSpecProviderAws {
            auth: asks.map(signed),
            ..external::SecretStoreSpecProviderAws::new(region, service)
        }),
    };
    external::SecretStore::new(place.own(), external::SecretStoreSpec::new(provider))
}

fn signed(account: &Name<core::ServiceAccount>) -> external::SecretStoreSpecProviderAwsAuth {
    let account = external::SecretStoreSpecProviderAwsAuthJwtServiceAccountRef::new(account.as_str());
    let token = external::SecretStoreSpecProviderAwsAuthJwt {
        service_account_ref: Some(account),
    };
    external::SecretStoreSpecProviderAwsAuth { jwt: Some(token) }
}

/// Each key of the secret as a key of the object. What is deleted in the account stays in the cluster, until a person
/// deletes it there too.
fn secret(place: Place<'_>, store: &Name<external::SecretStore>, secret: &Secret) -> external::ExternalSecret {
    let name = place.system.secret(place.environment, secret);
    let data = secret.keys.iter().map(|key| {
        let from = external::ExternalSecretSpecDataRemoteRef {
            property: Some(key.clone()),
            ..external::ExternalSecretSpecDataRemoteRef::new(name.as_str())
        };
        external::ExternalSecretSpecData::new(from, key.as_str())
    });
    let target = target(place.system, secret);
    let spec = external::ExternalSecretSpec {
        data: Some(data.collect()),
        refresh_interval: Some(REFRESH.into()),
        secret_store_ref: Some(external::ExternalSecretSpecSecretStoreRef {
            kind: Some(external::ExternalSecretSpecSecretStoreRefKind::SecretStore),
            name: Some(store.as_str().into()),
        }),
        target: Some(external::ExternalSecretSpecTarget {
            creation_policy: Some(external::ExternalSecretSpecTargetCreationPolicy::Owner),
            deletion_policy: Some(external::ExternalSecretSpecTargetDeletionPolicy::Retain),
            name: Some(target.clone()),
        }),
    };
    external::ExternalSecret::new(place.named(&target), spec)
}
