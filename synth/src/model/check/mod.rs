//! What types could not refuse about a system as a whole.

mod alerts;
mod exceptions;
mod settings;
mod stores;

use super::text::Text;
use super::{Domain, Egress, Entry, Error, Pipeline, Place, Registry, System};

/// A place in the source, and what was found wrong there so far. Whoever looks goes on after an error, so that all of
/// them are told at once.
pub(super) struct Here<'a> {
    errors: &'a mut Vec<Error>,
    system: &'a str,
    place: Place,
}

impl<'a> Here<'a> {
    /// Where a system is named.
    pub(super) fn new(errors: &'a mut Vec<Error>, system: &'a System) -> Self {
        Self {
            errors,
            system: system.name.as_str(),
            place: system.name.place(),
        }
    }

    /// The same system at another place.
    pub(super) fn at(&mut self, place: Place) -> Here<'_> {
        Here {
            errors: self.errors,
            system: self.system,
            place,
        }
    }

    pub(super) fn refuse(
        &mut self,
        field: &'static str,
        saw: &(impl ToString + ?Sized),
        problem: &'static str,
        help: &str,
    ) {
        self.errors.push(Error {
            field,
            saw: saw.to_string(),
            problem,
            help: help.into(),
            system: self.system.to_owned(),
            place: self.place,
        });
    }

    /// Looks at a sentence for people: it stands in a line of a table.
    pub(super) fn sentence(&mut self, field: &'static str, text: &str) {
        if text.trim().is_empty() {
            self.refuse(
                field,
                &text.escape_debug(),
                "says nothing",
                "say it in a sentence: people read it",
            );
        } else if text.contains(char::is_control) {
            let problem = "has a break or another sign in it that a line of a table cannot have";
            self.refuse(field, &text.escape_debug(), problem, "write it in one line");
        }
    }

    /// Looks at a text, where it was written.
    pub(super) fn text<T: Text>(&mut self, field: &'static str, text: &T) {
        if !text.is_fine() {
            self.at(text.place()).refuse(field, text, T::PROBLEM, T::HELP);
        }
    }
}

/// Whether a text can stand in a path of a URL as it is (RFC 3986, section 3.3, without what shells look at).
pub(super) fn is_path(text: &str) -> bool {
    text.starts_with('/') && is_word(text)
}

/// Whether a text can be asked for: a path, and after a `?` a query (RFC 3986, section 3.4, without what shells, YAML
/// and curl look at). A load balancer takes 1,024 characters.
pub(super) fn is_request(text: &str) -> bool {
    let (path, query) = text.split_once('?').unwrap_or((text, "x"));
    let is_query = |c: char| c.is_ascii_alphanumeric() || "._~/-&=%+,:@".contains(c);
    is_path(path) && !query.is_empty() && query.chars().all(is_query) && text.len() <= 1024
}

pub(super) const REQUEST_HELP: &str =
    "begin it with `/`, use letters, digits and `._~/-`, and after a `?` also `&=%+,:@`";

/// Letters, digits and `._~/-`: what stands in names of files, branches, packages and versions, and never needs quotes.
pub(super) fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "._~/-".contains(c))
}

impl System {
    /// Looks at everything that types could not refuse.
    pub(super) fn check(&self, here: &mut Here<'_>) {
        here.text("System.name", &self.name);
        here.sentence("System.summary", &self.summary);
        self.owner.check(here);
        if let Some(support) = &self.support {
            support.check(here);
        }
        self.check_environments(here);
        self.check_registry(here);
        self.check_platform(here);
        self.check_stores(here);
        self.check_alerts(here);
        let Registry::Ecr { releases_kept } = self.registry;
        if !(10..=10_000).contains(&releases_kept) {
            here.refuse(
                "Registry.releases_kept",
                &releases_kept,
                "could delete what still runs",
                "keep 10 to 10,000 releases",
            );
        }
        self.service.check(here);
        self.check_settings(here);
        self.check_hidden(here);
        self.pipeline.check(here);
        self.check_scrutiny(here);
        self.check_exceptions(here);
    }

    /// What is possible and may still surprise, a line each.
    #[must_use]
    pub fn notices(&self) -> Vec<String> {
        let mut notices = self.still_example();
        for (index, environment) in self.environments.iter().enumerate() {
            let block = environment.network().cidr;
            let before = &self.environments[..index];
            notices.extend(before.iter().find(|other| other.network().cidr == block).map(|other| {
                let (one, two, block) = (&other.name, &environment.name, block.vpc());
                format!("the networks of {one} and {two} have the same addresses, {block}: they can never be peered")
            }));
        }
        notices
    }

    fn check_environments(&self, here: &mut Here<'_>) {
        if self.environments.is_empty() && self.machines().is_none() {
            here.refuse("System.environments", &self.name, "runs nowhere", "add an Environment");
        }
        for (index, environment) in self.environments.iter().enumerate() {
            let mut here = here.at(environment.name.place());
            environment.check(&mut here);
            let name = &environment.name;
            if self.environments[..index].iter().any(|other| other.name == *name) {
                here.refuse(
                    "Environment.name",
                    name,
                    "stands twice",
                    "give each environment its own name",
                );
            }
            if let Entry::Https { host } = &environment.entry
                && self.owner.domain.is_fine()
            {
                self.check_host(host, &mut here);
            }
        }
    }

    fn check_host(&self, host: &str, here: &mut Here<'_>) {
        let domain = &self.owner.domain;
        let help = "give the part before the owner's domain, such as `api`";
        if !Domain::new(&format!("{host}.{domain}")).is_fine() {
            here.refuse("Entry.host", host, "is not a name in a domain", help);
        } else if format!(".{host}").ends_with(&format!(".{domain}")) {
            here.refuse(
                "Entry.host",
                host,
                "has the owner's domain in it, which would stand there twice",
                help,
            );
        }
    }

    /// Another account's tasks pull from the first environment's registry, which is of one partition, and which only a
    /// way out of the network leads to from another region: endpoints lead to the services of their own.
    fn check_registry(&self, here: &mut Here<'_>) {
        let Some(home) = self.registry_account() else { return };
        for environment in &self.environments {
            let mut here = here.at(environment.name.place());
            let region = &environment.account().region;
            if region.partition() != home.region.partition() {
                let problem = "is in another partition of AWS than the registry, which is the first environment's";
                here.refuse("Account.region", region, problem, "make a system for each partition");
            } else if region != &home.region && environment.network().egress == Egress::Endpoints {
                let problem = "has no way to the registry, which is in the first environment's region";
                let help = "use a NAT gateway, or the same region";
                here.refuse("Network.egress", &environment.name, problem, help);
            }
        }
    }

    /// A rule of a load balancer has up to 5 values.
    fn check_hidden(&self, here: &mut Here<'_>) {
        let (field, hidden) = ("Service.hidden", &self.service.hidden);
        if hidden.len() > 5 {
            here.refuse(field, &hidden.len(), "are more paths than a rule takes", "hide up to 5");
        }
        for path in hidden {
            if !is_path(path) {
                let help = "begin it with `/` and use letters, digits and `._~/-`";
                here.refuse(field, path, "is not a path", help);
            }
            let mut asked = self.smoke_paths();
            if asked.any(|request| request.split('?').next() == Some(path)) {
                here.refuse(field, path, "is what a release asks for", "hide it, or ask for it");
            }
        }
    }
}

impl Pipeline {
    /// These stand in scripts.
    fn check(&self, here: &mut Here<'_>) {
        let words = [
            ("Pipeline.dockerfile", &self.dockerfile),
            ("Pipeline.toolchain", &self.toolchain),
        ];
        for (field, saw) in words.into_iter().filter(|(_, text)| !is_word(text)) {
            let help = "use letters, digits and `._~/-`";
            here.refuse(field, saw, "would need quotes in a script", help);
        }
        for path in self.smoke_paths.iter().filter(|path| !is_request(path)) {
            here.refuse("Pipeline.smoke_paths", path, "is not a path", REQUEST_HELP);
        }
    }
}
