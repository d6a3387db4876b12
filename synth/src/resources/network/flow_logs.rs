//! Flow logs: who talked to whom.

use crate::aws::{ec2, kms};
use crate::resources::log_group;
use crate::resources::place::Place;
use crate::resources::role::{only_from, role};
use crate::template::{Document, Error, Handle, LogicalId, Principal, Statement, Template, sub};

pub(crate) fn expand(
    place: Place<'_>,
    template: &mut Template,
    vpc: &Handle<ec2::Vpc>,
    key: &Handle<kms::Key>,
) -> Result<(), Error> {
    let group = log_group::kept(place, &log_group::of_network(place), key);
    let group = template.add_with(LogicalId::new("flow-logs", "Group"), &group, place.holding_data())?;
    let source = sub(
        "arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:vpc-flow-log/*",
        &[],
    );
    let trust = Statement::allow("FlowLogs", ["sts:AssumeRole"], vec![])
        .to(Principal::service("vpc-flow-logs.amazonaws.com"))
        .when(only_from(&source));
    let write = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"];
    let role = role(
        place,
        "Writes the network's flow logs",
        trust,
        vec![(
            "write-flow-logs",
            Document::new([Statement::allow("Write", write, vec![group.arn().text()])]),
        )],
    );
    let role = template.add(LogicalId::new("flow-logs", "Role"), &role)?;
    let flow = ec2::FlowLog {
        deliver_logs_permission_arn: Some(role.arn()),
        log_group_name: Some(group.name()),
        max_aggregation_interval: Some(60.into()),
        traffic_type: Some(ec2::FlowLogTrafficType::All.into()),
        ..ec2::FlowLog::new(vpc.id().text(), ec2::FlowLogResourceType::Vpc)
    };
    template.add(LogicalId::new("", "FlowLog"), &flow)?;
    Ok(())
}
