//! Who makes the resources, and where it is kept what there is.

use std::fmt;

use serde_json::{Value as Json, json};

use super::Value;

/// A version of a provider, such as 8.7.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u16, pub u16, pub u16);

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

/// The provider `hashicorp/google`, and where it works if a resource says nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Provider {
    /// Its version, and no other.
    pub version: Version,
    /// The project.
    pub project: Value<String>,
    /// The region.
    pub region: Value<String>,
    /// The zone.
    pub zone: Value<String>,
}

/// Where the state is kept: what there is, with every value in it, secret or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Backend {
    /// In a file beside the module, on the machine of whoever applied it last.
    #[default]
    Local,
    /// In a bucket of Google Cloud, which locks it while somebody writes.
    Gcs {
        /// The bucket, which must be there before the first `tofu init`.
        bucket: String,
        /// The folder in it.
        prefix: String,
    },
}

/// The least version of `OpenTofu` that knows all that is rendered.
const LEAST: &str = ">= 1.8";

/// Where `OpenTofu` finds the provider.
pub(super) const SOURCE: &str = "hashicorp/google";

impl Provider {
    /// The text of `provider.tf.json`, before it is written.
    pub(super) fn document(&self, backend: &Backend) -> Json {
        let mut terraform = json!({
            "required_version": LEAST,
            "required_providers": { "google": { "source": SOURCE, "version": self.version.to_string() } },
        });
        if let Backend::Gcs { bucket, prefix } = backend {
            terraform["backend"] = json!({ "gcs": { "bucket": bucket, "prefix": prefix } });
        }
        let google = json!({ "project": self.project, "region": self.region, "zone": self.zone });
        json!({ "terraform": terraform, "provider": { "google": google } })
    }
}
