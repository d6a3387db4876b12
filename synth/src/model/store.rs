//! Stores: where a system keeps what it knows.

use super::check::{Here, is_word};
use super::{Database, Need, System};

/// Something that keeps what a system knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Store {
    /// A database of rows.
    Database(Database),
    /// A value that nobody but the service reads, and that a person gives.
    Secret(Secret),
}

/// A value that nobody but the service reads. A person puts it into Secrets Manager; no file of the repository has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// What it is for: its name in the account ends with it.
    pub name: String,
}

impl Secret {
    /// A secret by what it is for, such as `service`: 1 to 20 letters, digits and hyphens.
    #[must_use]
    pub fn given(name: &str) -> Self {
        Self { name: name.to_owned() }
    }

    /// To read it.
    #[must_use]
    pub fn read(&self) -> Need {
        Need::Secret {
            secret: self.name.clone(),
        }
    }

    /// The variable that tells the service its name: `SERVICE_SECRET` for `service`.
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
