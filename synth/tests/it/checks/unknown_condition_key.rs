use super::found;

#[test]
fn unknown_condition_key_names_the_nearest() {
    let said = found(
        "unknown-condition-key",
        r"
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: '*'
            Resource: '*'
            Condition:
              StringEquals:
                aws:SourceAcount: '123456789012'
                aws:RequestTag: x
                s3:prefixes: x
                s4:prefix: x
                cloudfront:Anything: x
                www.amazon.com:user_idd: x
",
    );
    insta::assert_snapshot!(said, @"
    13:17 there is no condition key `aws:SourceAcount`
    14:17 there is no condition key `aws:RequestTag`
    15:17 there is no condition key `s3:prefixes`
    16:17 there is no condition key `s4:prefix`
    17:17 there is no condition key `cloudfront:Anything`
    18:17 there is no condition key `www.amazon.com:user_idd`
    ");
}

#[test]
fn unknown_condition_key_is_silent_about_those_that_exist_in_any_case_and_those_of_identity_providers() {
    let said = found(
        "unknown-condition-key",
        r"
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: '*'
            Resource: '*'
            Condition:
              StringEquals:
                AWS:sourceaccount: '123456789012'
                aws:RequestTag/Team: x
                kms:EncryptionContext:aws:ebs:id: x
                'kms:ViaService': x
                codebuild:environment.environmentVariables/NAME.value: x
                saml:aud: https://signin.aws.amazon.com/saml
                www.amazon.com:app_id: x
                cognito-identity.amazonaws.com:aud: x
                token.actions.githubusercontent.com:sub: x
                oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub: x
                new-service:Key: x
              Fn::If: [Some, {}, {}]
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn a_claim_that_no_token_of_github_brings_is_told() {
    let said = found(
        "unknown-condition-key",
        r"
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: 'sts:AssumeRoleWithWebIdentity'
            Resource: '*'
            Condition:
              StringEquals:
                token.actions.githubusercontent.com:subject: x
                token.actions.githubusercontent.com:iss: x
                token.actions.githubusercontent.com:Job_Workflow_Ref: x
                token.actions.githubusercontent.com:repositry: x
",
    );
    insta::assert_snapshot!(said, @"
    13:17 no token of GitHub's brings the key `token.actions.githubusercontent.com:subject`
    14:17 no token of GitHub's brings the key `token.actions.githubusercontent.com:iss`
    16:17 no token of GitHub's brings the key `token.actions.githubusercontent.com:repositry`
    ");
}
