//! The database of S2, and who signs in to it.

use super::cars::container;
use super::{S2, items};
use serde_json::{Value as Json, json};
use synth::model::{Alert, Capacity, Database, Instance, InstanceClass, Percent};
use synth::systems::{cars_api, predict_api};

/// The names of a container's secrets, and which key of which secret each is.
fn secrets(template: &str) -> Vec<(String, String)> {
    let all = items(&container(template)["Secrets"]).iter();
    let told = all.map(|secret| {
        let parts = &secret["ValueFrom"]["Fn::Sub"];
        let name = parts[1].as_object().unwrap().values().next().unwrap()["Fn::ImportValue"]
            .as_str()
            .unwrap();
        let key = parts[0].as_str().unwrap().split_once('}').unwrap().1;
        (secret["Name"].as_str().unwrap().to_owned(), format!("{name}{key}"))
    });
    told.collect()
}

#[test]
fn s2_7_rds_manages_the_masters_password_under_the_systems_key() {
    let database = S2.of("prod/data", "Database");
    assert_eq!(database["Engine"], "mysql");
    assert_eq!(database["ManageMasterUserPassword"], true);
    assert_eq!(database["MasterUserPassword"], Json::Null);
    assert_eq!(database["MasterUserSecret"]["KmsKeyId"], database["KmsKeyId"]);
}

#[test]
fn s2_7_the_database_is_encrypted_and_takes_no_connection_without_tls() {
    assert_eq!(S2.of("prod/data", "Database")["StorageEncrypted"], true);
    let parameters = S2.at("prod/data", "DatabaseParameterGroup", "/Parameters");
    assert_eq!(parameters["require_secure_transport"], "1");
    assert_eq!(parameters["character_set_server"], "utf8mb4");
}

#[test]
fn s2_7_only_the_service_and_the_migration_reach_the_database() {
    let group = S2.of("prod/network", "DatabaseSecurityGroup");
    let from = items(&group["SecurityGroupIngress"]).iter().map(|rule| {
        let source = rule["SourceSecurityGroupId"]["Ref"].as_str().unwrap_or_default();
        format!("{source} {}", rule["FromPort"])
    });
    assert_eq!(
        from.collect::<Vec<_>>(),
        ["ServiceSecurityGroup 3306", "MigrationSecurityGroup 3306"]
    );
    assert_eq!(
        S2.of("prod/network", "MigrationSecurityGroup")["SecurityGroupIngress"],
        Json::Null
    );
    assert_eq!(S2.of("prod/data", "Database")["PubliclyAccessible"], false);
}

#[test]
fn s2_7_the_database_stands_in_the_private_subnets() {
    let subnets = items(S2.at("prod/data", "DatabaseSubnetGroup", "/SubnetIds")).iter();
    let names: Vec<_> = subnets
        .map(|subnet| subnet["Fn::ImportValue"].as_str().unwrap())
        .collect();
    assert!(
        names.len() == 3 && names.iter().all(|name| name.contains("-Private")),
        "{names:?}"
    );
}

#[test]
fn s2_32_production_has_a_standby_in_another_zone() {
    assert_eq!(S2.of("prod/data", "Database")["MultiAZ"], true);
    assert_eq!(S2.of("dev/data", "Database")["MultiAZ"], false);
}

#[test]
fn s2_33_backups_are_made_every_day_and_outlive_the_database() {
    let database = S2.resource("prod/data", "Database");
    assert_eq!(database["DeletionPolicy"], "Snapshot");
    assert_eq!(database["UpdateReplacePolicy"], "Snapshot");
    let properties = &database["Properties"];
    assert_eq!(properties["BackupRetentionPeriod"], 30);
    assert_eq!(properties["DeletionProtection"], json!({ "Ref": "DeletionProtection" }));
    assert_eq!(properties["DeleteAutomatedBackups"], false);
    assert_eq!(properties["CopyTagsToSnapshot"], true);
}

/// A snapshot is encrypted with the key, so it is worth nothing without it, in whatever environment.
#[test]
fn s2_33_the_key_of_the_last_snapshot_outlives_the_stacks() {
    for environment in ["dev", "prod"] {
        let key = S2.resource(&format!("{environment}/network"), "EnvironmentKey");
        assert_eq!(
            (&key["DeletionPolicy"], &key["UpdateReplacePolicy"]),
            (&json!("Retain"), &json!("Retain"))
        );
    }
}

#[test]
fn s2_34_alarms_look_at_the_database_and_know_its_limits() {
    let told = ["DatabaseCpuAlarm", "DatabaseStorageAlarm", "DatabaseConnectionsAlarm"].map(|alarm| {
        let alarm = S2.of("prod/observability", alarm);
        assert_eq!(alarm["Dimensions"][0]["Value"], "cars-api-prod");
        format!("{} {}", alarm["MetricName"].as_str().unwrap(), alarm["Threshold"])
    });
    assert_eq!(
        told,
        [
            "CPUUtilization 80",
            "FreeStorageSpace 2684354560",
            "DatabaseConnections 204.8"
        ]
    );
}

#[test]
fn s2_34_the_databases_logs_are_kept_under_the_key_and_end() {
    let groups = S2.all("prod/data", "AWS::Logs::LogGroup");
    let names: Vec<_> = groups
        .iter()
        .map(|group| group["LogGroupName"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "/aws/rds/instance/cars-api-prod/error",
            "/aws/rds/instance/cars-api-prod/slowquery"
        ]
    );
    assert!(
        groups
            .iter()
            .all(|group| group["RetentionInDays"] == 365 && !group["KmsKeyId"].is_null())
    );
}

#[test]
fn s2_36_the_service_gets_its_own_users_name_and_password_by_key() {
    let own = |name: &str, key: &str| {
        (
            name.to_owned(),
            format!("cars-api-prod-data-DatabaseUserSecret:{key}::"),
        )
    };
    assert_eq!(
        secrets("prod/service"),
        [
            own("DATABASE_USERNAME", "username"),
            own("DATABASE_PASSWORD", "password")
        ]
    );
}

#[test]
fn s2_36_only_the_migration_gets_the_masters() {
    let names: Vec<_> = secrets("prod/migration").into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            "DATABASE_USERNAME",
            "DATABASE_PASSWORD",
            "APPLICATION_USERNAME",
            "APPLICATION_PASSWORD"
        ]
    );
    assert!(secrets("prod/migration")[0].1.contains("MasterUserSecret"));
}

#[test]
fn s2_37_ecs_reads_exactly_the_services_secret() {
    let statements = items(S2.at("prod/service", "ExecutionRole", "/Policies/0/PolicyDocument/Statement"));
    let reads = statements
        .iter()
        .filter(|statement| statement["Action"] == "secretsmanager:GetSecretValue");
    let on: Vec<_> = reads.map(|statement| statement["Resource"].clone()).collect();
    assert_eq!(
        on,
        [json!({ "Fn::ImportValue": "cars-api-prod-data-DatabaseUserSecret" })]
    );
}

#[test]
fn tasks_never_ask_for_more_connections_than_the_database_has() {
    let many = Capacity::Scaling {
        min: 2,
        max: 20,
        cpu: Percent::of::<50>(),
        memory: Percent::of::<50>(),
    };
    let small = Instance {
        class: InstanceClass::T4gSmall,
        ..Instance::steady()
    };
    assert_eq!(small.pool(many), 3);
    assert!(small.pool(many) * 2 * 20 <= InstanceClass::T4gSmall.connections());
}

#[test]
fn more_tasks_than_connections_are_refused() {
    let mut system = cars_api();
    system.environments[0].scale.capacity = Capacity::Fixed(40);
    insta::assert_snapshot!(crate::alone::verdict(system), @"Instance.class: `40 tasks on db.t4g.micro` leaves no connection to each task; use a larger class or fewer tasks");
}

#[test]
fn an_alert_about_a_database_that_is_not_there_is_refused() {
    let mut system = predict_api();
    system.monitoring.alerts.extend(Alert::of_database());
    insta::assert_snapshot!(crate::alone::verdict(system), @"
    Monitoring.alerts: `database-cpu` looks at a database, and the system has none; add a Database, or leave it out
    Monitoring.alerts: `database-storage` looks at a database, and the system has none; add a Database, or leave it out
    Monitoring.alerts: `database-connections` looks at a database, and the system has none; add a Database, or leave it out
    ");
}

#[test]
fn a_name_that_mysql_has_taken_is_refused() {
    let mut system = cars_api();
    crate::kept::keep(&mut system, &Database::mysql("mysql"), &["/service", "migrate"]);
    assert!(crate::alone::verdict(system).starts_with("Database.name:"));
}

#[test]
fn the_master_of_a_database_has_no_name_that_everybody_tries_first() {
    assert_eq!(S2.of("prod/data", "Database")["MasterUsername"], "migration");
}

#[test]
fn a_database_that_was_made_with_another_master_keeps_it_and_takes_none_that_is_taken() {
    let verdict = |master: &str| {
        let mut system = cars_api();
        crate::kept::database(&mut system).master = master.to_owned();
        crate::alone::verdict(system)
    };
    let refused = ["admin", "rdsadmin", "cars", "Master", "a2345678901234567"]
        .map(|master| verdict(master).starts_with("Database.master:"));
    assert_eq!(refused, [false, true, true, true, true]);
}
