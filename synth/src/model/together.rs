//! What systems that are deployed side by side cannot have at the same time.

use super::check::Here;
use super::{Environment, Error, System, neighbours};

/// Looks at what systems share: an account has GitHub's identity provider once, so one of them makes it; stacks, roles
/// and folders are named after the system; and environments share accounts, domains and networks.
pub(super) fn check(systems: &[System], errors: &mut Vec<Error>) {
    for (index, system) in systems.iter().enumerate() {
        let mut here = Here::new(errors, system);
        let before = &systems[..index];
        if before.iter().any(|other| other.name == system.name) {
            let problem = "is the name of another system too";
            here.refuse("System.name", &system.name, problem, "give each its own");
        }
        for other in before {
            neighbours::check(other, system, &mut here);
            check_machines(other, system, &mut here);
        }
        if let Some(other) = before.iter().find(|other| make_one(other, system)) {
            let problem = "would be in its account twice, and AWS takes GitHub's identity provider once";
            let help = format!("say `IdentityProvider::Existing`, as `{}` makes it", other.name);
            here.refuse("Account.identity_provider", "Make", problem, &help);
        }
    }
    let all = systems.iter().flat_map(|system| {
        let environments = system.environments.iter();
        environments.map(move |environment| Site { system, environment })
    });
    let all: Vec<Site<'_>> = all.collect();
    for (index, site) in all.iter().enumerate() {
        let mut here = Here::new(errors, site.system);
        let mut here = here.at(site.environment.name.place());
        for other in &all[..index] {
            site.check_names(other, &mut here);
            site.check_host(other, &mut here);
            site.check_network(other, &mut here);
        }
    }
}

/// An environment of one of the systems.
#[derive(Clone, Copy)]
struct Site<'a> {
    system: &'a System,
    environment: &'a Environment,
}

impl Site<'_> {
    /// What every name of a stack and of a resource begins with.
    fn prefix(self) -> String {
        self.system.cluster(self.environment)
    }

    /// What an environment may do to `cars-api-dev-*` it may do to all of `cars-api-dev-eu` too.
    fn check_names(self, other: &Self, here: &mut Here<'_>) {
        let (prefix, taken) = (self.prefix(), other.prefix());
        let begins = |one: &str, other: &str| format!("{other}-").starts_with(&format!("{one}-"));
        let same_account = self.environment.account().id == other.environment.account().id;
        let is_told_already = self.system.name == other.system.name && self.environment.name == other.environment.name;
        if same_account && !is_told_already && (begins(&prefix, &taken) || begins(&taken, &prefix)) {
            let problem = "is how the names of another environment in the account begin, too";
            let help = format!("call one of `{taken}` and `{prefix}` otherwise: IAM tells them apart by their names");
            let shorter = if taken.len() < prefix.len() { taken } else { prefix };
            here.refuse("Environment.name", &shorter, problem, &help);
        }
    }

    fn host(self) -> Option<String> {
        self.system.host(self.environment)
    }

    fn check_host(self, other: &Self, here: &mut Here<'_>) {
        if let Some(host) = self.host().filter(|host| other.host().as_ref() == Some(host)) {
            let help = format!("choose another name: `{}` answers there", other.prefix());
            here.refuse("Entry.host", &host, "is the host of two environments", &help);
        }
    }

    fn check_network(self, other: &Self, here: &mut Here<'_>) {
        let place = |site: &Self| {
            (
                site.environment.account().id.clone(),
                site.environment.account().region.clone(),
            )
        };
        let (block, taken) = (self.environment.network().cidr, other.environment.network().cidr);
        if block == taken && place(&self) == place(other) {
            let problem = "are the addresses of two networks of one account and region, which could never be peered";
            let help = format!("give another number to `Cidr::ten`: `{}` has these", other.prefix());
            here.refuse("Network.cidr", &block.vpc(), problem, &help);
        }
    }
}

/// No machine is in two clusters.
fn check_machines(other: &System, system: &System, here: &mut Here<'_>) {
    let (Some(theirs), Some(ours)) = (other.machines(), system.machines()) else {
        return;
    };
    let is_one_project = theirs.cloud.project == ours.cloud.project;
    for host in ours.hosts().filter(|_| is_one_project) {
        if theirs.hosts().any(|one| one.name == host.name) {
            let help = format!("call it otherwise: `{}` has a machine of that name", other.name);
            here.refuse("Host.name", &host.name, "is in two clusters of one project", &help);
        }
    }
}

/// Whether two systems make an identity provider in the same account.
fn make_one(one: &System, other: &System) -> bool {
    let made = |system: &System| {
        let makers = system
            .environments
            .iter()
            .filter(|environment| system.makes_provider(environment));
        makers
            .map(|environment| environment.account().id.clone())
            .collect::<Vec<_>>()
    };
    let made_by_other = made(other);
    made(one).iter().any(|account| made_by_other.contains(account))
}
