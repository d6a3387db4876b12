//! The lock file: which version of a provider is taken.

use super::Version;
use super::provider::SOURCE;

/// Where `OpenTofu` looks for a provider whose source names no host (`OpenTofu` language, "Provider Requirements"); the lock
/// file wants the whole address.
const HOST: &str = "registry.opentofu.org";

/// The text of `.terraform.lock.hcl`, without the sums of the provider's files, which nobody knows before they are there.
///
/// `tofu init` takes a lock file without them: it takes the version, checks its signature, and adds the sums, which are then
/// to be committed (`OpenTofu` language, "Dependency Lock File": <https://opentofu.org/docs/language/files/dependency-lock/>).
#[must_use]
pub fn lock(version: Version) -> String {
    format!("provider \"{HOST}/{SOURCE}\" {{\n  version     = \"{version}\"\n  constraints = \"{version}\"\n}}\n")
}
