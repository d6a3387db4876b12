//! Stores: where a system keeps what it knows.

use super::check::{Here, is_word};
use super::{Database, Environment, Need, System};

/// Something that keeps what a system knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Store {
    /// A database of rows.
    Database(Database),
    /// A value that nobody but the service reads, and that a person gives.
    Secret(Secret),
}

impl Store {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Database(database) => &database.name,
            Self::Secret(secret) => &secret.name,
        }
    }
}

/// A value that nobody but the service reads. A person puts it into Secrets Manager; no file of the repository has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// What it is for: its name in the account ends with it, unless the environment has only this one.
    pub name: String,
    /// What it is called in the account.
    pub called: Called,
    /// What it holds, as the account tells people; nothing: a sentence of ours.
    pub description: Option<String>,
    /// The keys of the JSON that it holds; none: a text that only the service understands.
    pub keys: Vec<String>,
    /// How pods come by it.
    pub reaches: Reaches,
}

/// How pods come by a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reaches {
    /// They are told its name, and ask Secrets Manager themselves.
    ByName,
    /// External Secrets brings it into the namespace and keeps it as it is; pods have it as files, one for each key, in which
    /// another value stands a while after it was given. They may do nothing on AWS for it.
    AsFiles,
}

/// What a secret is called in the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Called {
    /// `SYSTEM-ENVIRONMENT-NAME`, as everything else is.
    ByPurpose,
    /// `SYSTEM/ENVIRONMENT`: the one secret of the environment.
    ByEnvironment,
}

impl Secret {
    /// A secret by what it is for, such as `service`: 1 to 20 letters, digits and hyphens.
    #[must_use]
    pub fn given(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            called: Called::ByPurpose,
            description: None,
            keys: Vec::new(),
            reaches: Reaches::ByName,
        }
    }

    /// The same, as files of the pods.
    #[must_use]
    pub fn as_files(self) -> Self {
        Self {
            reaches: Reaches::AsFiles,
            ..self
        }
    }

    /// The folder of its files in a pod.
    #[must_use]
    pub fn folder(&self) -> String {
        format!("/run/secrets/{}", self.name)
    }

    /// The one secret of an environment, which is called `SYSTEM/ENVIRONMENT` in the account: JSON with these keys, of
    /// letters, digits, `_`, `-` and `.`.
    #[must_use]
    pub fn of_environment(name: &str, description: &str, keys: &[&str]) -> Self {
        Self {
            called: Called::ByEnvironment,
            description: Some(description.to_owned()),
            keys: keys.iter().map(|&key| key.to_owned()).collect(),
            ..Self::given(name)
        }
    }

    /// To read it.
    #[must_use]
    pub fn read(&self) -> Need {
        Need::Secret {
            secret: self.name.clone(),
        }
    }

    /// The variable that tells the service its name, or the folder of its files: `SERVICE_SECRET` for `service`.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("{}_SECRET", self.name.replace('-', "_").to_ascii_uppercase())
    }

    pub(super) fn check(&self, system: &System, here: &mut Here<'_>) {
        let name = &self.name;
        let letters = name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !is_word(name) || !letters || name.len() > 20 || name.starts_with('-') || name.ends_with('-') {
            let help = "use 1 to 20 small letters, digits and hyphens between them";
            here.refuse("Secret.name", name, "is not a name of a secret", help);
        }
        if system.secrets().filter(|other| other.name == *name).count() > 1 {
            here.refuse("Secret.name", name, "stands twice", "give each secret its own name");
        }
        self.check_contents(system, here);
        if system.kubernetes().is_none() {
            let help =
                "add it as a resource of your own, and give its ARN to the container by an override of `Secrets`";
            here.refuse("System.stores", name, "is a secret that only pods are given", help);
        }
        if !system.service.needs.contains(&self.read()) {
            let help = "let the service need it: `needs: vec![secret.read()]`";
            here.refuse("Service.needs", name, "is kept and not read", help);
        }
    }
}

impl Secret {
    fn check_contents(&self, system: &System, here: &mut Here<'_>) {
        if let Some(description) = &self.description {
            here.sentence("Secret.description", description);
        }
        let of_environment = |other: &&Self| other.called == Called::ByEnvironment;
        if self.called == Called::ByEnvironment && system.secrets().filter(of_environment).count() > 1 {
            let help = "keep one of them by environment, or make one of both, with the keys of both";
            here.refuse("Secret.called", &self.name, "has the name of another secret", help);
        }
        if self.reaches == Reaches::AsFiles && self.keys.is_empty() {
            let help = "name the keys of its JSON: each is a file";
            here.refuse("Secret.keys", &self.name, "has no key that could be a file", help);
        }
        for (index, key) in self.keys.iter().enumerate() {
            // The keys of a Secret of Kubernetes.
            let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
            if key.is_empty() || !key.chars().all(is_letter) {
                let help = "use letters, digits, `_`, `-` and `.`";
                here.refuse("Secret.keys", key, "is not a key of a secret", help);
            }
            if self.keys[..index].contains(key) {
                here.refuse("Secret.keys", key, "stands twice", "keep one of the two");
            }
        }
    }
}

impl System {
    /// The secrets that reach pods so.
    pub fn secrets_that(&self, reach: Reaches) -> impl Iterator<Item = &Secret> {
        self.secrets().filter(move |secret| secret.reaches == reach)
    }

    /// Whether pods have their secrets as files, all of them.
    #[must_use]
    pub fn has_only_files(&self) -> bool {
        self.secrets().next().is_some() && self.secrets_that(Reaches::ByName).next().is_none()
    }

    /// What a secret is called in the account of an environment.
    #[must_use]
    pub fn secret(&self, environment: &Environment, secret: &Secret) -> String {
        match secret.called {
            Called::ByPurpose => self.named(environment, &secret.name),
            Called::ByEnvironment => format!("{}/{}", self.name, environment.name),
        }
    }
}

impl From<&Database> for Store {
    fn from(database: &Database) -> Self {
        Self::Database(database.clone())
    }
}

impl From<&Secret> for Store {
    fn from(secret: &Secret) -> Self {
        Self::Secret(secret.clone())
    }
}
