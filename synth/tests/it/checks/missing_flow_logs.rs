use super::{found, together};

#[test]
fn missing_flow_logs_fires_without_one() {
    let said = found(
        "missing-flow-logs",
        r"
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
",
    );
    insta::assert_snapshot!(said, @"3:3 `Vpc` has no flow log");
}

#[test]
fn missing_flow_logs_is_silent_with_one_in_another_stack() {
    let said = together(
        "missing-flow-logs",
        &[
            r"
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
Outputs: {Vpc: {Value: !Ref Vpc, Export: {Name: vpc}}}
",
            r"
Resources:
  Log: {Type: 'AWS::EC2::FlowLog', Properties: {ResourceId: !ImportValue vpc, ResourceType: VPC}}
",
        ],
    );
    insta::assert_snapshot!(said, @"");
}
