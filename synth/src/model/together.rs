//! What systems that are deployed side by side cannot have at the same time.

use super::check::Here;
use super::{Error, IdentityProvider, System};

/// Looks at what systems share: an account has GitHub's identity provider once, so one of them makes it; and stacks,
/// roles and folders are named after the system.
pub(super) fn check(systems: &[System], errors: &mut Vec<Error>) {
    for (index, system) in systems.iter().enumerate() {
        let mut here = Here::new(errors, system);
        let before = &systems[..index];
        if before.iter().any(|other| other.name == system.name) {
            let problem = "is the name of another system too";
            here.refuse("System.name", &system.name, problem, "give each its own");
        }
        let makes = |one: &&System| {
            one.owner.identity_provider == IdentityProvider::Make && one.owner.account == system.owner.account
        };
        if let Some(other) = before.iter().find(makes).filter(|_| makes(&system)) {
            let problem = "would be in its account twice, and AWS takes GitHub's identity provider once";
            let help = format!("say `IdentityProvider::Existing`, as `{}` makes it", other.name);
            here.refuse("Owner.identity_provider", "Make", problem, &help);
        }
    }
}
