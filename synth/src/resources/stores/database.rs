//! The database: RDS in private subnets, its parameters, its logs, and the secret of the user that the service is.

use crate::aws::{iam, kms, rds, secretsmanager};
use crate::model::{Checker, Database, Engine, Insight, Instance, Stack, Standby, Waiver};
use crate::resources::log_group::{self, OF_DATABASE};
use crate::resources::network::doors::Doors;
use crate::resources::network::{self, ids};
use crate::resources::place::{Place, protection};
use crate::resources::role::{only_from, role};
use crate::template::{Error, Handle, LogicalId, Node, Policy, Principal, Settings, Statement, Template};
use crate::template::{ToNode, sub};

/// What the service and the migration need of the database.
#[derive(Clone, Debug)]
pub(crate) struct Parts {
    pub(crate) instance: Handle<rds::DbInstance>,
    /// The user that the service is.
    pub(crate) user: Handle<secretsmanager::Secret>,
}

pub(crate) fn expand(
    place: Place<'_>,
    template: &mut Template,
    (network, doors, key): (&network::Parts, &Doors, &Handle<kms::Key>),
    database: &Database,
) -> Result<Parts, Error> {
    let subnets = rds::DbSubnetGroup::new("The private subnets", ids(&network.private));
    let subnets = template.add(LogicalId::new("database", "SubnetGroup"), &subnets)?;
    let parameters = parameters(place, database);
    let parameters = template.add(LogicalId::new("database", "ParameterGroup"), &parameters)?;
    let before = logs(place, template, key)?;
    let role = monitoring_role(place, template)?;
    let protection = if place.keeps() {
        protection(template)?
    } else {
        false.into()
    };
    let instance = rds::DbInstance {
        deletion_protection: Some(protection),
        db_parameter_group_name: Some(parameters.name()),
        db_subnet_group_name: Some(subnets.name()),
        kms_key_id: Some(key.arn()),
        master_user_secret: Some(
            rds::MasterUserSecret {
                kms_key_id: Some(key.arn()),
            }
            .into(),
        ),
        vpc_security_groups: Some([doors.database.id()].into()),
        ..watched(place, key, role.as_ref(), instance(place, database))
    };
    let settings = Settings {
        depends_on: before,
        ..Settings::keep(Policy::Snapshot)
    };
    let instance = template.add_with(LogicalId::new("", "Database"), &instance, settings)?;
    let most = place.environment.database.storage.most;
    let grows = "RDS adds storage when less than a tenth of it is free";
    template.moves(&instance, ("AllocatedStorage", Some(most)), grows);
    let user = user(place, template, key, database)?;
    template.output(
        "DatabaseHost",
        "Where the database answers.",
        instance.endpoint_address(),
    )?;
    Ok(Parts { instance, user })
}

/// The groups of its logs, which it would else make itself.
fn logs(place: Place<'_>, template: &mut Template, key: &Handle<kms::Key>) -> Result<Vec<LogicalId>, Error> {
    let mut groups = Vec::new();
    for (log, name) in OF_DATABASE.iter().zip(log_group::of_database(place)) {
        let id = LogicalId::new(&format!("database-{log}"), "LogGroup");
        let group = log_group::kept(place, &name, key);
        groups.push(template.add_with(id, &group, place.holding_data())?.logical_id());
    }
    Ok(groups)
}

/// What it is, how large it is, how it is kept.
fn instance(place: Place<'_>, database: &Database) -> rds::DbInstance {
    let Instance {
        class,
        storage,
        standby,
        backups,
        ..
    } = place.environment.database;
    let (engine, version) = engine(database.engine);
    rds::DbInstance {
        allocated_storage: Some(storage.first.to_string().into()),
        auto_minor_version_upgrade: Some(true.into()),
        backup_retention_period: Some(backups.0.into()),
        ca_certificate_identifier: Some("rds-ca-rsa2048-g1".into()),
        copy_tags_to_snapshot: Some(true.into()),
        db_instance_class: Some(class.name().into()),
        // A fixed name blocks a replacement, which would begin with an empty database.
        db_instance_identifier: Some(place.prefix().into()),
        db_name: Some(database.name.as_str().into()),
        delete_automated_backups: Some((!place.keeps()).into()),
        enable_cloudwatch_logs_exports: Some(OF_DATABASE.into()),
        engine: Some(engine.into()),
        // Past its end of support it stops being made, rather than becoming dear.
        engine_lifecycle_support: Some("open-source-rds-extended-support-disabled".into()),
        engine_version: Some(version.into()),
        // RDS makes the password, keeps it in Secrets Manager and changes it every week.
        manage_master_user_password: Some(true.into()),
        master_username: Some(database.master.as_str().into()),
        max_allocated_storage: Some(storage.most.into()),
        multi_az: Some((standby == Standby::OtherZone).into()),
        port: Some(database.engine.port().to_string().into()),
        preferred_backup_window: Some("03:00-03:30".into()),
        preferred_maintenance_window: Some("sun:04:00-sun:04:30".into()),
        publicly_accessible: Some(false.into()),
        storage_encrypted: Some(true.into()),
        storage_type: Some("gp3".into()),
        ..rds::DbInstance::new()
    }
}

/// A database with the closer look that the environment asks for.
fn watched(
    place: Place<'_>,
    key: &Handle<kms::Key>,
    role: Option<&Handle<iam::Role>>,
    instance: rds::DbInstance,
) -> rds::DbInstance {
    let Insight::Enhanced { every } = place.environment.database.insight else {
        return instance;
    };
    let watched = rds::DbInstance {
        monitoring_interval: Some(every.0.into()),
        monitoring_role_arn: role.map(Handle::<iam::Role>::arn),
        ..instance
    };
    if !place.environment.database.class.has_insights() {
        return watched;
    }
    rds::DbInstance {
        database_insights_mode: Some(rds::DbInstanceDatabaseInsightsMode::Standard.into()),
        enable_performance_insights: Some(true.into()),
        performance_insights_kms_key_id: Some(key.arn()),
        // A week costs nothing.
        performance_insights_retention_period: Some(7.into()),
        ..watched
    }
}

fn engine(engine: Engine) -> (&'static str, &'static str) {
    match engine {
        Engine::MySql84 => ("mysql", "8.4"),
    }
}

/// Text of every language, no connection without TLS, as many connections as pools and alarms reckon with, and a log of
/// what takes longer than a second.
fn parameters(place: Place<'_>, database: &Database) -> rds::DbParameterGroup {
    let family = match database.engine {
        Engine::MySql84 => "mysql8.4",
    };
    let connections = place.environment.database.class.connections().to_string();
    let all = [
        ("character_set_server", "utf8mb4"),
        ("collation_server", "utf8mb4_0900_ai_ci"),
        // CloudWatch takes logs from files only.
        ("log_output", "FILE"),
        ("long_query_time", "1"),
        ("max_connections", &connections),
        ("require_secure_transport", "1"),
        ("slow_query_log", "1"),
    ];
    rds::DbParameterGroup {
        parameters: Some(Node::map(all.map(|(name, value)| (name, value.to_node()))).into()),
        ..rds::DbParameterGroup::new(format!("The parameters of the database of {}", place.prefix()), family)
    }
}

/// The role that sends the numbers of the operating system to CloudWatch Logs.
fn monitoring_role(place: Place<'_>, template: &mut Template) -> Result<Option<Handle<iam::Role>>, Error> {
    if place.environment.database.insight == Insight::Basic {
        return Ok(None);
    }
    let source = sub(
        "arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:db:${name}",
        &[("name", &place.prefix())],
    );
    let trust = Statement::allow("Monitoring", ["sts:AssumeRole"], vec![])
        .to(Principal::service("monitoring.rds.amazonaws.com"))
        .when(only_from(&source));
    let policy = "arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole";
    let role = iam::Role {
        managed_policy_arns: Some(vec![sub(policy, &[]).assume()].into()),
        ..role(
            place,
            "Sends what the database's machine does to CloudWatch Logs",
            trust,
            vec![],
        )
    };
    template.add(LogicalId::new("monitoring", "Role"), &role).map(Some)
}

/// The name and the password of the user that the service is. Nobody ever sees the password: Secrets Manager makes it,
/// the migration gives it to the database, ECS hands it to the service.
fn user(
    place: Place<'_>,
    template: &mut Template,
    key: &Handle<kms::Key>,
    database: &Database,
) -> Result<Handle<secretsmanager::Secret>, Error> {
    let generate = secretsmanager::GenerateSecretString {
        exclude_punctuation: Some(true.into()),
        generate_string_key: Some("password".into()),
        password_length: Some(40.into()),
        secret_string_template: Some(Node::map([("username", database.name.to_node())]).stringify()),
        ..secretsmanager::GenerateSecretString::new()
    };
    let secret = secretsmanager::Secret {
        description: Some(format!("The database user that the service {} is", place.prefix()).into()),
        generate_secret_string: Some(generate.into()),
        kms_key_id: Some(key.arn()),
        name: Some(place.named("database-user").into()),
        ..secretsmanager::Secret::new()
    };
    template.add_with(LogicalId::new("database-user", "Secret"), &secret, place.holding_data())
}

/// Of what the environment goes without, and of what RDS chooses better.
pub(crate) fn waivers(place: Place<'_>) -> Vec<Waiver> {
    if place.system.database().is_none() {
        return Vec::new();
    }
    let waive = |checker, rule, reason| Waiver::new(Stack::Data, "Database", checker, rule, reason);
    let minor = "RDS takes the major version and chooses the newest minor one; an exact one would be drift as soon as \
                 it is patched";
    let own = "the service signs in with a password that nobody knows, over TLS; a token of IAM's would have to be made \
               anew for each connection";
    let mut waivers = vec![
        waive(Checker::CfnLint, "E3691", minor),
        waive(Checker::Checkov, "CKV_AWS_161", own),
    ];
    if place.environment.database.standby == Standby::None {
        let away = "this environment may be away while its database is";
        waivers.push(waive(Checker::Checkov, "CKV_AWS_157", away));
    }
    if place.environment.database.insight == Insight::Basic {
        let metrics = "this environment is watched by its metrics alone";
        waivers.push(waive(Checker::Checkov, "CKV_AWS_118", metrics));
    }
    waivers
}
