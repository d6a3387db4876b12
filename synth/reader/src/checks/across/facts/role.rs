//! Roles that service accounts name.

use crate::checks::Set;
use crate::read::Node;
use crate::read::manifest::{Object, is_settled};

/// The annotation that names the role of the pods of a ServiceAccount.
///
/// Source: <https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html>.
const ANNOTATION: &str = "eks.amazonaws.com/role-arn";

/// A role that a ServiceAccount names.
#[derive(Debug, Clone, Copy)]
pub(in crate::checks::across) struct Assumed<'a> {
    /// The ServiceAccount.
    pub(in crate::checks::across) account: Object<'a>,
    /// Where it names the role.
    pub(in crate::checks::across) at: &'a Node,
    /// The name of the role.
    pub(in crate::checks::across) role: &'a str,
}

/// The roles that service accounts name by their ARNs.
pub(in crate::checks::across) fn assumed<'a>(set: &Set<'a>) -> Vec<Assumed<'a>> {
    let accounts = set.manifests.of("ServiceAccount");
    let found = accounts.filter_map(|account| {
        let at = account.dig(&["metadata", "annotations"])?.get(ANNOTATION)?;
        let (_, name) = at.text()?.rsplit_once(":role/")?;
        let role = name.rsplit('/').next().filter(|name| is_settled(name))?;
        Some(Assumed { account, at, role })
    });
    found.collect()
}
