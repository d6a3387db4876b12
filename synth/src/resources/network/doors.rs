//! Who reaches the database: the service and the migration, nobody else. All security groups stand in the network's
//! stack, so that no stack needs one of a stack after it.

use super::parts::Parts;
use super::rules::{nothing, to_aws, to_database};
use crate::aws::ec2;
use crate::model::Database;
use crate::resources::entry::Way;
use crate::resources::place::Place;
use crate::template::{Error, Handle, LogicalId, Template};

/// The groups of the database and of the task that migrates it.
#[derive(Clone, Debug)]
pub(crate) struct Doors {
    pub(crate) database: Handle<ec2::SecurityGroup>,
    pub(crate) migration: Handle<ec2::SecurityGroup>,
}

pub(crate) fn expand(
    place: Place<'_>,
    template: &mut Template,
    parts: &Parts,
    way: &Way,
    database: &Database,
) -> Result<Doors, Error> {
    let migration = ec2::SecurityGroup {
        security_group_egress: Some(
            vec![
                to_aws("HTTPS to AWS: images, secrets, logs"),
                to_database(place, database),
            ]
            .into(),
        ),
        vpc_id: Some(parts.vpc.id()),
        ..ec2::SecurityGroup::new("What the migration of the database may reach; nothing reaches it")
    };
    let migration = template.add(LogicalId::new("migration", "SecurityGroup"), &migration)?;
    let port = database.engine.port();
    let from = |group: &Handle<ec2::SecurityGroup>, what: &str| ec2::Ingress {
        description: Some(what.into()),
        from_port: Some(port.into()),
        source_security_group_id: Some(group.id()),
        to_port: Some(port.into()),
        ..ec2::Ingress::new("tcp")
    };
    let group = ec2::SecurityGroup {
        security_group_egress: Some([nothing()].into()),
        security_group_ingress: Some(
            vec![
                from(&way.service_group, "Statements of the service"),
                from(&migration, "Statements of the migration"),
            ]
            .into(),
        ),
        vpc_id: Some(parts.vpc.id()),
        ..ec2::SecurityGroup::new("What may reach the database")
    };
    let database = template.add(LogicalId::new("database", "SecurityGroup"), &group)?;
    Ok(Doors { database, migration })
}
