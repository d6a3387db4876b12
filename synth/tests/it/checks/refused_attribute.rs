use super::found;

#[test]
fn refused_attribute_names_values_and_types() {
    let said = found(
        "refused-attribute",
        r"
Resources:
  A: {Type: 'AWS::SNS::Topic', DeletionPolicy: Keep, UpdateReplacePolicy: RetainExceptOnCreate}
  B: {Type: 'AWS::SNS::Topic', DeletionPolicy: Snapshot}
  C: {Type: 'AWS::SNS::Topic', DeletionPolicy: !Ref X}
  D: {Type: 'AWS::SNS::Topic', UpdatePolicy: {AutoScalingRollingUpdate: {}}}
  E:
    Type: AWS::AutoScaling::AutoScalingGroup
    CreationPolicy: {ResourceSignal: {Count: x, Timeout: 15 minutes}}
    UpdatePolicy: {AutoScalingRollingUpdate: {PauseTime: 5, MaxBatch: 1, SuspendProcesses: [Sleep]}}
  F: {Type: 'AWS::SNS::Topic', DependsOn: !Ref A, Condition: [x]}
  G: {Type: 'Custom::X', CreationPolicy: {ResourceSignal: {}}}
  H: {Type: 'AWS::SNS::Topic', Version: 1}
",
    );
    insta::assert_snapshot!(said, @"
    3:48 `DeletionPolicy` is `Keep`; it can be Delete, Retain, Snapshot, RetainExceptOnCreate
    3:75 `UpdateReplacePolicy` is `RetainExceptOnCreate`; it can be Delete, Retain, Snapshot
    4:48 AWS::SNS::Topic cannot be snapshotted by CloudFormation
    5:48 `DeletionPolicy` is written out: it takes no function
    6:32 AWS::SNS::Topic takes no `UpdatePolicy`
    9:46 `Count` is a whole number, found a string
    9:58 `Timeout` is a duration such as `PT15M`
    10:61 `AutoScalingRollingUpdate` has no `MaxBatch`
    10:93 `Sleep` is no process of Auto Scaling
    11:43 `DependsOn` names resources, found a function
    11:62 `Condition` names a condition, found a list
    12:26 a custom resource takes no `CreationPolicy`
    13:32 only custom resources have a `Version`
    ");
}

#[test]
fn refused_attribute_is_silent_about_those_that_are_taken() {
    let said = found(
        "refused-attribute",
        r"
Resources:
  A: {Type: 'AWS::SNS::Topic', DeletionPolicy: RetainExceptOnCreate, UpdateReplacePolicy: Retain, DependsOn: [B]}
  B: {Type: 'AWS::RDS::DBInstance', DeletionPolicy: Snapshot, UpdateReplacePolicy: Snapshot}
  C:
    Type: AWS::AutoScaling::AutoScalingGroup
    DependsOn: A
    CreationPolicy: {ResourceSignal: {Count: '2', Timeout: PT15M}, AutoScalingCreationPolicy: {MinSuccessfulInstancesPercent: 50}}
    UpdatePolicy:
      AutoScalingRollingUpdate: {PauseTime: PT5M, MinInstancesInService: !Ref X, SuspendProcesses: [AZRebalance]}
      AutoScalingScheduledAction: {IgnoreUnmodifiedGroupSizeProperties: true}
  D: {Type: 'Custom::X', Version: '1.0'}
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn refused_attribute_wants_policies_that_are_maps() {
    let said = found(
        "refused-attribute",
        r"
Parameters:
  Name: {Type: String}
Conditions:
  Yes: !Equals [!Ref Name, a]
Resources:
  A: {Type: 'AWS::AutoScaling::AutoScalingGroup', UpdatePolicy: !Ref Name, CreationPolicy: !Sub '${Name}'}
  B:
    Type: AWS::AutoScaling::AutoScalingGroup
    UpdatePolicy: !If [Yes, {AutoScalingReplacingUpdate: {WillReplace: true}}, !Ref 'AWS::NoValue']
",
    );
    insta::assert_snapshot!(said, @"
    7:65 `UpdatePolicy` is a map, found `Ref`
    7:92 `CreationPolicy` is a map, found `Fn::Sub`
    ");
}
