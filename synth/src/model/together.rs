//! What systems that are deployed side by side cannot have at the same time.

use super::{Error, System};

/// Looks at what systems share: an account has GitHub's identity provider once, so one of them makes it; and stacks,
/// roles and folders are named after the system.
///
/// # Errors
///
/// The first system that takes what another one has, with that one's name.
pub fn together(systems: &[System]) -> Result<(), (&System, Error)> {
    for (index, system) in systems.iter().enumerate() {
        let before = &systems[..index];
        if before.iter().any(|other| other.name == system.name) {
            let problem = "is the name of another system too";
            return Err((
                system,
                error("System.name", &system.name, problem, "give each its own".into()),
            ));
        }
        if let Some(other) = before.iter().find(|other| make_one(other, system)) {
            let problem = "would be in its account twice, and AWS takes GitHub's identity provider once";
            let help = format!("say `IdentityProvider::Existing`, as `{}` makes it", other.name);
            return Err((system, error("Account.identity_provider", &"Make", problem, help)));
        }
    }
    Ok(())
}

/// Whether two systems make an identity provider in the same account.
fn make_one(one: &System, other: &System) -> bool {
    let made = |system: &System| {
        let makers = system
            .environments
            .iter()
            .filter(|environment| system.makes_provider(environment));
        makers
            .map(|environment| environment.account.id.clone())
            .collect::<Vec<_>>()
    };
    let made_by_other = made(other);
    made(one).iter().any(|account| made_by_other.contains(account))
}

fn error(field: &'static str, saw: &impl ToString, problem: &'static str, help: String) -> Error {
    let saw = saw.to_string();
    Error {
        field,
        saw,
        problem,
        help,
    }
}
