use super::found;

#[test]
fn confused_deputy_fires_without_the_account() {
    insta::assert_snapshot!(
                        found(
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
                        ),
                        @"8:13 `Role` trusts ECS for every account"
                    );
}

#[test]
fn confused_deputy_is_silent_with_the_account() {
    insta::assert_snapshot!(
                        found(
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
                        ),
                        @""
                    );
}

#[test]
fn confused_deputy_is_silent_about_other_services() {
    insta::assert_snapshot!(
                        found(
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
                        ),
                        @""
                    );
}
