//! Rules of security groups that more than one group has.

use crate::aws::ec2;
use crate::model::Database;
use crate::resources::place::Place;

/// A rule that lets nothing out. Without any rule AWS adds one that lets everything out.
pub(crate) fn nothing() -> ec2::Egress {
    ec2::Egress {
        cidr_ip: Some("127.0.0.1/32".into()),
        description: Some("Nothing: without a rule here AWS would allow everything".into()),
        ..ec2::Egress::new("-1")
    }
}

/// The way of a task to AWS.
pub(crate) fn to_aws(what: &str) -> ec2::Egress {
    ec2::Egress {
        cidr_ip: Some("0.0.0.0/0".into()),
        description: Some(what.into()),
        from_port: Some(443.into()),
        to_port: Some(443.into()),
        ..ec2::Egress::new("tcp")
    }
}

/// The way of a task to the database, whose own group says who comes in.
pub(crate) fn to_database(place: Place<'_>, database: &Database) -> ec2::Egress {
    let port = database.engine.port();
    ec2::Egress {
        cidr_ip: Some(place.environment.network().cidr.vpc().into()),
        description: Some("To the database".into()),
        from_port: Some(port.into()),
        to_port: Some(port.into()),
        ..ec2::Egress::new("tcp")
    }
}
