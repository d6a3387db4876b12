//! What types could not refuse about a system as a whole.

use super::{Domain, Entry, Error, Keeping, Percent, Pipeline, Standby, System, When};

/// What the service is told about itself, which no setting of a user may say differently.
const RESERVED: [&str; 4] = ["DRAIN_DELAY_SECONDS", "IMAGE_TAG", "PORT", "REQUEST_TIMEOUT_SECONDS"];

/// What the service is told about its database.
const OF_DATABASE: [&str; 6] = [
    "DATABASE_HOST",
    "DATABASE_MAX_CONNECTIONS",
    "DATABASE_NAME",
    "DATABASE_PASSWORD",
    "DATABASE_PORT",
    "DATABASE_USERNAME",
];

type Checked = Result<(), Error>;

pub(super) fn refuse<T>(
    field: &'static str,
    saw: &(impl ToString + ?Sized),
    problem: &'static str,
    help: &str,
) -> Result<T, Error> {
    Err(Error {
        field,
        saw: saw.to_string(),
        problem,
        help: help.into(),
    })
}

/// Whether a text can stand in a path of a URL as it is (RFC 3986, section 3.3, without what shells look at).
pub(super) fn is_path(text: &str) -> bool {
    text.starts_with('/') && is_word(text)
}

/// Letters, digits and `._~/-`: what stands in names of files, branches, packages and versions, and never needs quotes.
pub(super) fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "._~/-".contains(c))
}

impl System {
    /// Looks at everything that types could not refuse.
    ///
    /// # Errors
    ///
    /// The first value that is impossible, by its field.
    pub fn checked(self) -> Result<Self, Error> {
        self.check_environments()?;
        self.check_database()?;
        self.check_alerts()?;
        if !(10..=10_000).contains(&self.registry.releases_kept) {
            return refuse(
                "Registry.releases_kept",
                &self.registry.releases_kept,
                "could delete what still runs",
                "keep 10 to 10,000 releases",
            );
        }
        self.service.check()?;
        self.check_settings()?;
        self.check_hidden()?;
        self.pipeline.check()?;
        if !is_word(&self.owner.github.branch) {
            return refuse(
                "GitHubRepository.branch",
                &self.owner.github.branch,
                "is not a branch",
                "name the one that releases are made from, such as `main`",
            );
        }
        self.check_exceptions()?;
        Ok(self)
    }

    /// What is possible and may still surprise, a line each.
    #[must_use]
    pub fn notices(&self) -> Vec<String> {
        let mut notices = self.still_example();
        for (index, environment) in self.environments.iter().enumerate() {
            let block = environment.network.cidr;
            let before = &self.environments[..index];
            notices.extend(before.iter().find(|other| other.network.cidr == block).map(|other| {
                let (one, two, block) = (&other.name, &environment.name, block.vpc());
                format!("the networks of {one} and {two} have the same addresses, {block}: they can never be peered")
            }));
        }
        notices
    }

    fn check_environments(&self) -> Checked {
        if self.environments.is_empty() {
            return refuse("System.environments", &self.name, "runs nowhere", "add an Environment");
        }
        for (index, environment) in self.environments.iter().enumerate() {
            environment.check()?;
            let name = &environment.name;
            if self.environments[..index].iter().any(|other| other.name == *name) {
                return refuse(
                    "Environment.name",
                    name,
                    "stands twice",
                    "give each environment its own name",
                );
            }
            if let Entry::Https { host } = &environment.entry
                && Domain::new(&format!("{host}.{}", self.owner.domain)).is_err()
            {
                return refuse(
                    "Entry.host",
                    host,
                    "is not a name in a domain",
                    "give the part before the owner's domain, such as `api`",
                );
            }
        }
        Ok(())
    }

    /// A rule of a load balancer has up to 5 values.
    fn check_hidden(&self) -> Checked {
        let (field, hidden) = ("Service.hidden", &self.service.hidden);
        if hidden.len() > 5 {
            return refuse(field, &hidden.len(), "are more paths than a rule takes", "hide up to 5");
        }
        if let Some(path) = hidden.iter().find(|path| !is_path(path)) {
            let help = "begin it with `/` and use letters, digits and `._~/-`";
            return refuse(field, path, "is not a path", help);
        }
        let asked = |path: &&String| **path == self.service.health.path || self.pipeline.smoke_paths.contains(path);
        match hidden.iter().find(asked) {
            Some(path) => refuse(field, path, "is what a release asks for", "hide it, or ask for it"),
            None => Ok(()),
        }
    }

    fn check_database(&self) -> Checked {
        if let Some(database) = &self.database {
            database.check()?;
            for environment in &self.environments {
                environment.database.check(environment.capacity)?;
                if environment.keeping == Keeping::Keep && environment.database.standby == Standby::None {
                    return refuse(
                        "Instance.standby",
                        &environment.name,
                        "keeps its data and is down when one machine is",
                        "use Standby::OtherZone",
                    );
                }
            }
            return Ok(());
        }
        let alert = self.alerts.iter().find(|alert| alert.when.is_of_database());
        if let Some(alert) = alert {
            let problem = "looks at a database, and the system has none";
            return refuse(
                "System.alerts",
                alert.role(),
                problem,
                "add a Database, or leave it out",
            );
        }
        match self.dashboard.panels.iter().find(|panel| panel.is_of_database()) {
            Some(panel) => refuse(
                "Dashboard.panels",
                &format!("{panel:?}"),
                "looks at a database, and the system has none",
                "add a Database, or leave it out",
            ),
            None => Ok(()),
        }
    }

    fn check_alerts(&self) -> Checked {
        for (index, alert) in self.alerts.iter().enumerate() {
            if self.alerts[..index].iter().any(|other| other.role() == alert.role()) {
                return refuse("System.alerts", alert.role(), "stands twice", "keep one of the two");
            }
            // An alarm looks back at most one day (CloudWatch API reference, PutMetricAlarm).
            if !(1..=1440).contains(&alert.lasting.0) {
                return refuse(
                    "Alert.lasting",
                    &alert.lasting.0,
                    "is not a time that an alarm can watch",
                    "use 1 to 1440 minutes",
                );
            }
            match alert.when.share().map(Percent::number) {
                Some(100) => return refuse("Alert.when", &100, "is never exceeded", "use a percent of up to 99"),
                Some(0) if matches!(alert.when, When::DatabaseStorageBelow(_)) => {
                    return refuse("Alert.when", &0, "is told too late", "use a percent of at least 1");
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn check_settings(&self) -> Checked {
        for (index, (name, _)) in self.service.settings.iter().enumerate() {
            let letters = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            if !letters || name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
                return refuse(
                    "Service.settings",
                    name,
                    "is not a name of an environment variable",
                    "use letters, digits and `_`, the first no digit",
                );
            }
            let of_database = self.database.is_some() && OF_DATABASE.contains(&name.as_str());
            if of_database || RESERVED.contains(&name.as_str()) {
                return refuse(
                    "Service.settings",
                    name,
                    "follows from the model",
                    "set what it follows from: the service's `port` or `longest_request`, the database, the release",
                );
            }
            if self.service.settings[..index].iter().any(|(other, _)| other == name) {
                return refuse("Service.settings", name, "stands twice", "keep one of the two");
            }
        }
        Ok(())
    }

    /// A waiver or an override that matches nothing would be forgotten silently.
    fn check_exceptions(&self) -> Checked {
        let all = self.stacks();
        let stacks = all.join(", ");
        let known = |stack: &str| all.contains(&stack);
        if let Some(waiver) = self.waivers.iter().find(|waiver| !known(waiver.stack)) {
            return refuse(
                "Waiver.stack",
                waiver.stack,
                "is not a stack",
                &format!("use one of {stacks}"),
            );
        }
        for (environment, stack, _) in &self.overrides {
            if !known(stack) {
                return refuse(
                    "System.overrides",
                    stack,
                    "is not a stack",
                    &format!("use one of {stacks}"),
                );
            }
            if let Some(name) = environment
                && !self.environments.iter().any(|environment| environment.name == *name)
            {
                let names: Vec<_> = self.environments.iter().map(|one| one.name.as_str()).collect();
                let help = format!("use one of {}, or none for all", names.join(", "));
                return refuse("System.overrides", name, "is not an environment", &help);
            }
        }
        Ok(())
    }
}

impl Pipeline {
    /// These stand in scripts.
    fn check(&self) -> Checked {
        let words = [
            ("Pipeline.package", &self.package),
            ("Pipeline.dockerfile", &self.dockerfile),
            ("Pipeline.toolchain", &self.toolchain),
        ];
        if let Some((field, saw)) = words.into_iter().find(|(_, text)| !is_word(text)) {
            return refuse(
                field,
                saw,
                "would need quotes in a script",
                "use letters, digits and `._~/-`",
            );
        }
        match self.smoke_paths.iter().find(|path| !is_path(path)) {
            Some(path) => refuse(
                "Pipeline.smoke_paths",
                path,
                "is not a path",
                "begin it with `/` and use letters, digits and `._~/-`",
            ),
            None => Ok(()),
        }
    }
}
