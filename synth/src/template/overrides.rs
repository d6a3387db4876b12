//! What a user sets past what the model offers.

use serde_json::{Value as Json, json};

use super::Policy;

/// Something about a resource that a user sets past what the model offers.
///
/// ```
/// use serde_json::json;
/// use synth::model::Override;
/// Override::set("LoadBalancer", "IpAddressType", json!("ipv4"), "our partners list IPv4 addresses");
/// Override::append("HttpListener", "Tags", json!({ "Key": "team", "Value": "a" }), "finance asks for it");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Override {
    /// The logical id of the resource.
    pub resource: String,
    /// What is set.
    pub change: Change,
    /// Why. It is rendered into the resource's metadata.
    pub reason: String,
}

/// A change of a resource. A path is the keys and indexes of a property, separated by dots:
/// `DeploymentConfiguration.BakeTimeInMinutes`. A value is as CloudFormation takes it; a `Ref` or `Fn::GetAtt` of
/// `STACK/ID`, such as `network/EnvironmentKey`, leads into another stack of the environment.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Sets a property; `null` removes it.
    Set(String, Json),
    /// Adds an item to the end of a list, which is made if it is not there. A secret that is added to a container is
    /// made readable for the role that starts it; so is its key, if it is an [`super::Addition`] of the same stack. For
    /// a secret from elsewhere with a key of its own, add `kms:Decrypt` to `ExecutionRole`'s policies too.
    Append(String, Json),
    /// What happens to the resource when it leaves the template.
    Deletion(Policy),
    /// What happens to the old one when it is replaced.
    Replacement(Policy),
    /// Resources of the same stack that must be complete first, beside those that are so already.
    After(Vec<String>),
}

impl Override {
    /// Sets a property.
    #[must_use]
    pub fn set(resource: &str, path: &str, value: Json, reason: &str) -> Self {
        Self::new(resource, Change::Set(path.to_owned(), value), reason)
    }

    /// Adds an item to a list.
    #[must_use]
    pub fn append(resource: &str, path: &str, item: Json, reason: &str) -> Self {
        Self::new(resource, Change::Append(path.to_owned(), item), reason)
    }

    /// Any change.
    #[must_use]
    pub fn new(resource: &str, change: Change, reason: &str) -> Self {
        Self {
            resource: resource.to_owned(),
            change,
            reason: reason.to_owned(),
        }
    }
}

impl Change {
    /// What of the resource it is about: a path, or the attribute beside the properties.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Set(path, _) | Self::Append(path, _) => path,
            Self::Deletion(_) => "DeletionPolicy",
            Self::Replacement(_) => "UpdateReplacePolicy",
            Self::After(_) => "DependsOn",
        }
    }

    /// What is set there.
    #[must_use]
    pub fn value(&self) -> Json {
        match self {
            Self::Set(_, value) | Self::Append(_, value) => value.clone(),
            Self::Deletion(policy) | Self::Replacement(policy) => json!(policy.name()),
            Self::After(ids) => json!(ids),
        }
    }
}
