use super::found;

#[test]
fn unknown_action_names_the_nearest() {
    let said = found(
        "unknown-action",
        r"
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - {Effect: Allow, Action: ['s3:GetObjects', 'ecr:Foo*'], Resource: '*'}
",
    );
    insta::assert_snapshot!(said, @"
    8:38 no action of AWS is `s3:GetObjects`
    8:55 no action of AWS is `ecr:Foo*`
    ");
}

#[test]
fn unknown_action_is_silent_about_those_that_exist_and_services_that_are_not_known() {
    let said = found(
        "unknown-action",
        r"
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - {Effect: Allow, Action: ['S3:getobject', 's3:Get*', '*', 'newservice:Do', !Ref Action], Resource: '*'}
",
    );
    insta::assert_snapshot!(said, @"");
}
