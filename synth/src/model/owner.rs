//! What only the user knows of himself: whose systems these are.

use super::check::Here;
use super::{Domain, Email, GitHubRepository};

/// Whose systems these are: everything that only the user knows, but for the accounts of environments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The repository whose pipelines deploy.
    pub github: GitHubRepository,
    /// The domain under which the systems answer.
    pub domain: Domain,
    /// Who is told when an alarm goes off.
    pub notify: Email,
}

impl Owner {
    pub(super) fn check(&self, here: &mut Here<'_>) {
        self.github.check(here);
        here.text("Owner.domain", &self.domain);
        here.text("Owner.notify", &self.notify);
    }
}
