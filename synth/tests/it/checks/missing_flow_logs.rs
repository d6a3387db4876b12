use super::{found, together};

#[test]
fn missing_flow_logs_fires_without_one() {
    insta::assert_snapshot!(
                        found(
                            "missing-flow-logs",
                            r"
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
",
                        ),
                        @"3:3 `Vpc` has no flow log"
                    );
}

#[test]
fn missing_flow_logs_is_silent_with_one_in_another_stack() {
    insta::assert_snapshot!(
                        together(
                            "missing-flow-logs",
                            &[r"
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
Outputs: {Vpc: {Value: !Ref Vpc, Export: {Name: vpc}}}
", r"
Resources:
  Log: {Type: 'AWS::EC2::FlowLog', Properties: {ResourceId: !ImportValue vpc, ResourceType: VPC}}
"],
                        ),
                        @""
                    );
}
