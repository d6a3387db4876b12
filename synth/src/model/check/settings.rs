//! What types could not refuse about settings.

use super::super::System;
use super::Here;

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

impl System {
    pub(super) fn check_settings(&self, here: &mut Here<'_>) {
        let field = "Service.settings";
        for (index, (name, _)) in self.service.settings.iter().enumerate() {
            let letters = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            if !letters || name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
                let help = "use letters, digits and `_`, the first no digit";
                here.refuse(field, name, "is not a name of an environment variable", help);
            }
            let of_database = self.database.is_some() && OF_DATABASE.contains(&name.as_str());
            if of_database || RESERVED.contains(&name.as_str()) {
                let help =
                    "set what it follows from: the service's `port` or `longest_request`, the database, the release";
                here.refuse(field, name, "follows from the model", help);
            }
            if self.service.settings[..index].iter().any(|(other, _)| other == name) {
                here.refuse(field, name, "stands twice", "keep one of the two");
            }
        }
    }
}
