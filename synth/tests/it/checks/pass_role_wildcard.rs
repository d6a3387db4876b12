use super::found;

#[test]
fn pass_role_wildcard_fires_on_every_role() {
    let said = found(
        "pass-role-wildcard",
        r"
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: {Statement: {Effect: Allow, Action: ['iam:PassRole'], Resource: '*'}}
",
    );
    insta::assert_snapshot!(said, @"6:35 any role may be passed");
}

#[test]
fn pass_role_wildcard_is_silent_about_one_role() {
    let said = found(
        "pass-role-wildcard",
        r"
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: {Statement: {Effect: Allow, Action: ['iam:PassRole'], Resource: !Sub 'arn:aws:iam::${AWS::AccountId}:role/app'}}
",
    );
    insta::assert_snapshot!(said, @"");
}
