//! What `deploy.sh` does with a database, told by the calls that an `aws` of the test gets.

use super::S2;
use crate::script::{self, Ended, Of};

/// Runs a command of the script for production; `aws` is the body of a `case` over the arguments of the AWS CLI.
fn run(words: &[&str], env: &[(&str, &str)], aws: &str) -> Ended {
    let of = Of {
        files: &S2.rendered.files,
        system: "cars-api",
        account: "111122223333",
    };
    script::run(&of, words, env, aws)
}

/// What the script called, without what it only looked at.
fn changes(ended: &Ended) -> String {
    let looks = ["describe", "get-", "wait", "sts"];
    let calls = ended.calls.lines().filter(|call| {
        let command = call.split(' ').nth(1).unwrap_or_default();
        !looks.iter().any(|look| command.starts_with(look))
    });
    calls
        .map(|call| call.replace("--region us-east-1 ", "") + "\n")
        .collect()
}

/// Another password, and how the migration ends.
fn password(code: &str) -> Ended {
    let aws = format!(
        "*get-secret-value*) echo before ;;\n*put-secret-value*) echo after ;;\n*get-random-password*) echo secret123 ;;\n\
         *run-task*) echo arn:aws:ecs:task/1 ;;\n*lastStatus*) echo STOPPED ;;\n*exitCode*) echo {code} ;;"
    );
    run(&["password", "prod"], &[], &aws)
}

#[test]
fn a_password_that_the_database_did_not_take_is_taken_back() {
    let ended = password("1");
    assert!(
        !ended.succeeded && ended.said.contains("the password is the one before"),
        "{}",
        ended.said
    );
    assert!(!ended.calls.contains("update-service"), "{}", ended.calls);
    let back = "secretsmanager update-secret-version-stage --region us-east-1 --secret-id cars-api-prod-database-user \
                --output text --version-stage AWSCURRENT --move-to-version-id before --remove-from-version-id after";
    assert!(ended.calls.contains(back), "{}", ended.calls);
}

#[test]
fn a_password_that_the_database_took_goes_to_new_tasks_and_is_shown_nowhere() {
    let ended = password("0");
    assert!(ended.succeeded, "{}", ended.said);
    assert!(ended.calls.contains("--force-new-deployment"), "{}", ended.calls);
    assert!(!ended.calls.contains("update-secret-version-stage"), "{}", ended.calls);
    assert!(!ended.calls.contains("secret123") && !ended.said.contains("secret123"));
}

#[test]
fn a_restored_database_has_the_protection_the_standby_the_backups_and_the_logs_of_the_first() {
    let ended = run(
        &["restore", "prod"],
        &[("RESTORE_TIME", "2026-01-31T12:00:00Z")],
        "*Endpoint.Address*) echo there ;;",
    );
    assert!(ended.succeeded, "{}", ended.said);
    insta::assert_snapshot!(changes(&ended).replace(" --", "\n  --"), @"
    rds restore-db-instance-to-point-in-time
      --source-db-instance-identifier cars-api-prod
      --target-db-instance-identifier cars-api-prod-restored
      --restore-time 2026-01-31T12:00:00Z
      --db-subnet-group-name the-DatabaseSubnetGroup
      --db-parameter-group-name the-DatabaseParameterGroup
      --vpc-security-group-ids the-DatabaseSecurityGroup
      --master-user-secret-kms-key-id alias/cars-api-prod
      --auto-minor-version-upgrade
      --backup-retention-period 30
      --ca-certificate-identifier rds-ca-rsa2048-g1
      --copy-tags-to-snapshot
      --db-instance-class db.t4g.medium
      --enable-cloudwatch-logs-exports error slowquery
      --engine-lifecycle-support open-source-rds-extended-support-disabled
      --manage-master-user-password
      --multi-az
      --preferred-backup-window 03:00-03:30
      --no-publicly-accessible
      --deletion-protection
    rds modify-db-instance
      --db-instance-identifier cars-api-prod-restored
      --output text
      --apply-immediately
      --database-insights-mode standard
      --enable-performance-insights
      --max-allocated-storage 500
      --monitoring-interval 60
      --performance-insights-retention-period 7
      --preferred-maintenance-window sun:04:00-sun:04:30
      --performance-insights-kms-key-id alias/cars-api-prod
      --monitoring-role-arn arn:role
    ");
}

#[test]
fn a_database_from_a_snapshot_is_protected_too() {
    let snapshot = run(&["restore", "prod"], &[("SNAPSHOT", "last")], "");
    let first = changes(&snapshot).lines().next().unwrap_or_default().to_owned();
    assert!(
        first.contains("--db-snapshot-identifier last") && first.contains("--deletion-protection"),
        "{first}"
    );
}

/// Everything that the first database is, but for what a restore brings along and what other resources are.
#[test]
fn no_property_of_the_database_is_forgotten() {
    let brought = [
        "AllocatedStorage",
        "DBInstanceIdentifier",
        "DBName",
        "DBParameterGroupName",
        "DBSubnetGroupName",
        "DeleteAutomatedBackups",
        "Engine",
        "EngineVersion",
        "KmsKeyId",
        "MasterUserSecret",
        "MasterUsername",
        "MonitoringRoleArn",
        "PerformanceInsightsKMSKeyId",
        "Port",
        "StorageEncrypted",
        "StorageType",
        "Tags",
        "VPCSecurityGroups",
    ];
    let ended = run(&["restore", "prod"], &[("SNAPSHOT", "last")], "");
    let plain = ended.calls.replace('-', "").to_lowercase();
    let database = S2.of("prod/data", "Database").as_object().unwrap();
    let forgotten = database
        .keys()
        .filter(|name| !brought.contains(&name.as_str()) && !plain.contains(&name.to_lowercase()));
    assert_eq!(forgotten.collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn what_imports_the_secret_of_the_master_goes_before_it_changes_and_comes_back_after() {
    let aws = "*no-execute-changeset*) echo arn:aws:x:changeSet/1 ;;\n*run-task*) echo arn:aws:ecs:task/1 ;;\n\
               *lastStatus*) echo STOPPED ;;\n*exitCode*) echo 0 ;;";
    let ended = run(&["replace", "prod"], &[], aws);
    assert!(ended.succeeded, "{}", ended.said);
    let calls = [
        "delete-stack",
        "cars-api-prod-before",
        "--new-db-instance-identifier cars-api-prod --apply",
        "--stack-name cars-api-prod-data",
        "--stack-name cars-api-prod-migration --template",
        "run-task",
    ];
    let said = changes(&ended);
    let places: Vec<_> = calls.iter().map(|call| said.find(call)).collect();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{places:?}\n{said}"
    );
    let data = said
        .lines()
        .find(|call| call.contains("--stack-name cars-api-prod-data"))
        .unwrap();
    assert!(data.contains("--tags restored="), "{data}");
}
