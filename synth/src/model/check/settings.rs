//! What types could not refuse about settings.

use super::super::variable::OF_FARGATE;
use super::super::{System, Variable};
use super::Here;
use crate::schema::secret;

impl System {
    pub(super) fn check_settings(&self, here: &mut Here<'_>) {
        self.check_all("Service.settings", &self.service.settings, here);
        for environment in &self.environments {
            let mut here = here.at(environment.name.place());
            self.check_all("Environment.settings", &environment.settings, &mut here);
        }
    }

    fn check_all(&self, field: &'static str, settings: &[(String, String)], here: &mut Here<'_>) {
        for (index, (name, value)) in settings.iter().enumerate() {
            let letters = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            if !letters || name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
                let help = "use letters, digits and `_`, the first no digit";
                here.refuse(field, name, "is not a name of an environment variable", help);
            }
            if settings[..index].iter().any(|(other, _)| other == name) {
                here.refuse(field, name, "stands twice", "keep one of the two");
            }
            self.check_reserved(field, name, here);
            check_open(field, (name, value), here);
        }
    }

    /// A setting cannot say differently what must agree with the load balancer, the database or the task's rights.
    fn check_reserved(&self, field: &'static str, name: &str, here: &mut Here<'_>) {
        let is_ours = |variable: &&Variable| self.database().is_some() || !variable.is_of_database();
        let ours = Variable::ALL.iter().filter(is_ours);
        if ours.into_iter().any(|variable| variable.name() == name) {
            let help = "set what it follows from: the service's `port` or `longest_request`, or the database";
            here.refuse(field, name, "follows from the model", help);
        }
        if OF_FARGATE.iter().any(|beginning| name.starts_with(beginning)) {
            let help = "leave it out: a task finds its rights and its metadata by it";
            here.refuse(field, name, "is set by Fargate", help);
        }
    }
}

/// Whoever may look at a task definition sees its settings, and so does everybody who sees the repository.
fn check_open(field: &'static str, (name, value): (&str, &str), here: &mut Here<'_>) {
    let says_little = value.is_empty() || ["true", "false"].contains(&value);
    let help = "keep it in Secrets Manager, and give its ARN to the container by an override of `Secrets`";
    if secret::is_credential(value) {
        // The value itself is not repeated: errors are logged.
        here.refuse(field, name, "has a value that looks like a credential", help);
    } else if secret::is_named(name) && !says_little {
        here.refuse(field, name, "is named as a secret and everybody could read it", help);
    }
}
