use super::found;

#[test]
fn confused_deputy_fires_without_the_account() {
    let said = found(
        "confused-deputy",
        r"
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {Service: ecs-tasks.amazonaws.com}
            Action: sts:AssumeRole
",
    );
    insta::assert_snapshot!(said, @"8:13 `Role` trusts ECS for every account");
}

#[test]
fn confused_deputy_is_silent_with_the_account() {
    let said = found(
        "confused-deputy",
        r"
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {Service: ecs-tasks.amazonaws.com}
            Action: sts:AssumeRole
            Condition: {StringEquals: {'aws:SourceAccount': !Ref AWS::AccountId}}
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn confused_deputy_is_silent_about_other_services() {
    let said = found(
        "confused-deputy",
        r"
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {Service: lambda.amazonaws.com}
            Action: sts:AssumeRole
",
    );
    insta::assert_snapshot!(said, @"");
}
