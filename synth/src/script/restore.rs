//! What a restored database has in common with the first one, as options of the AWS CLI.

use serde::Serialize;
use serde_json::Value as Json;

use crate::model::{Keeping, Stack};
use crate::render::{Site, Whole};

/// A database by the names that commands take.
#[derive(Serialize)]
pub(super) struct Database {
    stack: String,
    migration_stack: String,
    instance: String,
    /// The secret of the user that the service is.
    user_secret: String,
    /// What restoring takes, in one line.
    restored_with: String,
    /// What can be set only afterwards, in one line.
    modified_with: String,
    /// `yes` if somebody looks at its machine, which takes a role.
    monitored: &'static str,
}

/// The properties that `restore-db-instance-…` takes. What comes with a snapshot or is another resource is not among
/// them.
const RESTORED: [&str; 11] = [
    "AutoMinorVersionUpgrade",
    "BackupRetentionPeriod",
    "CACertificateIdentifier",
    "CopyTagsToSnapshot",
    "DBInstanceClass",
    "EnableCloudwatchLogsExports",
    "EngineLifecycleSupport",
    "ManageMasterUserPassword",
    "MultiAZ",
    "PreferredBackupWindow",
    "PubliclyAccessible",
];

/// Those that only `modify-db-instance` takes.
const MODIFIED: [&str; 6] = [
    "DatabaseInsightsMode",
    "EnablePerformanceInsights",
    "MaxAllocatedStorage",
    "MonitoringInterval",
    "PerformanceInsightsRetentionPeriod",
    "PreferredMaintenanceWindow",
];

/// The database of an environment, if it has one.
pub(super) fn database(whole: &Whole<'_>, site: &Site<'_>) -> Option<Database> {
    let (system, environment) = (whole.system, site.environment);
    let instance = site.of_type("AWS::RDS::DBInstance").next()?;
    let properties = &instance["Properties"];
    let words = |names: &[&str]| {
        names
            .iter()
            .filter_map(|name| option(name, &properties[*name]))
            .collect::<Vec<_>>()
    };
    // A stack may switch it on only later than it makes the database.
    let protection = option("DeletionProtection", &(environment.keeping == Keeping::Keep).into());
    let restored: Vec<String> = words(&RESTORED).into_iter().chain(protection).collect();
    let mut modified = words(&MODIFIED);
    if properties["EnablePerformanceInsights"] == true {
        modified.push(format!(
            "--performance-insights-kms-key-id alias/{}",
            system.cluster(environment)
        ));
    }
    Some(Database {
        stack: system.stack(environment, Stack::Data),
        migration_stack: system.stack(environment, Stack::Migration),
        instance: system.cluster(environment),
        user_secret: system.named(environment, "database-user"),
        restored_with: restored.join(" "),
        modified_with: modified.join(" "),
        monitored: if properties["MonitoringInterval"].as_u64() > Some(0) {
            "yes"
        } else {
            "''"
        },
    })
}

/// The option of a property: the AWS CLI has their names in lower case with hyphens. Nothing for what is not written.
fn option(property: &str, value: &Json) -> Option<String> {
    let name = hyphened(property);
    match value {
        Json::Bool(true) => Some(format!("--{name}")),
        Json::Bool(false) => Some(format!("--no-{name}")),
        Json::Number(number) => Some(format!("--{name} {number}")),
        Json::String(text) => Some(format!("--{name} {text}")),
        Json::Array(values) => {
            let values: Vec<&str> = values.iter().filter_map(Json::as_str).collect();
            Some(format!("--{name} {}", values.join(" ")))
        }
        _ => None,
    }
}

/// `MultiAZ` as `multi-az`, `CACertificateIdentifier` as `ca-certificate-identifier`.
fn hyphened(property: &str) -> String {
    let letters: Vec<char> = property.chars().collect();
    let is_upper = |at: usize| letters.get(at).is_some_and(char::is_ascii_uppercase);
    let is_lower = |at: usize| letters.get(at).is_some_and(char::is_ascii_lowercase);
    let mut name = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let begins = is_upper(at) && at > 0 && (is_lower(at - 1) || is_lower(at + 1));
        if begins {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::hyphened;

    #[test]
    fn names_are_those_of_the_command_line() {
        let names = [
            "MultiAZ",
            "CACertificateIdentifier",
            "DBInstanceClass",
            "EnableCloudwatchLogsExports",
        ];
        assert_eq!(
            names.map(hyphened),
            [
                "multi-az",
                "ca-certificate-identifier",
                "db-instance-class",
                "enable-cloudwatch-logs-exports"
            ]
        );
    }
}
