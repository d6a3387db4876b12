use super::found;

#[test]
fn loose_oidc_trust_wants_audience_and_subject() {
    let said = found(
        "loose-oidc-trust",
        r"
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {Federated: !Sub 'arn:aws:iam::${AWS::AccountId}:oidc-provider/token.actions.githubusercontent.com'}
            Action: sts:AssumeRoleWithWebIdentity
",
    );
    insta::assert_snapshot!(said, @r"
    8:13 every repository on GitHub may assume this role
    8:13 the trust in GitHub names no audience
    ");
}

#[test]
fn loose_oidc_trust_refuses_a_wildcard_repository() {
    let said = found(
        "loose-oidc-trust",
        r"
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {Federated: !Sub 'arn:aws:iam::${AWS::AccountId}:oidc-provider/token.actions.githubusercontent.com'}
            Action: sts:AssumeRoleWithWebIdentity
            Condition: {StringEquals: {'token.actions.githubusercontent.com:aud': sts.amazonaws.com}, StringLike: {'token.actions.githubusercontent.com:sub': 'repo:acme/*'}}
",
    );
    insta::assert_snapshot!(said, @"11:159 `repo:acme/*` trusts more than one repository");
}

#[test]
fn loose_oidc_trust_warns_of_every_branch() {
    let said = found(
        "loose-oidc-trust",
        r"
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {Federated: !Sub 'arn:aws:iam::${AWS::AccountId}:oidc-provider/token.actions.githubusercontent.com'}
            Action: sts:AssumeRoleWithWebIdentity
            Condition: {StringEquals: {'token.actions.githubusercontent.com:aud': sts.amazonaws.com}, StringLike: {'token.actions.githubusercontent.com:sub': 'repo:acme/app:*'}}
",
    );
    insta::assert_snapshot!(said, @"11:159 `repo:acme/app:*` trusts every branch and pull request of the repository");
}

#[test]
fn loose_oidc_trust_is_silent_about_an_exact_subject() {
    let said = found(
        "loose-oidc-trust",
        r"
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {Federated: !Sub 'arn:aws:iam::${AWS::AccountId}:oidc-provider/token.actions.githubusercontent.com'}
            Action: sts:AssumeRoleWithWebIdentity
            Condition: {StringEquals: {'token.actions.githubusercontent.com:aud': sts.amazonaws.com, 'token.actions.githubusercontent.com:sub': 'repo:acme@1/app@2:environment:prod'}}
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn loose_oidc_trust_knows_which_claims_say_whose_the_repository_is() {
    let with = |claim: &str| {
        let template = format!(
            "
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {{Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com'}}
            Action: sts:AssumeRoleWithWebIdentity
            Condition:
              StringEquals: {{'token.actions.githubusercontent.com:aud': sts.amazonaws.com, '{claim}': x}}
"
        );
        found("loose-oidc-trust", &template)
    };
    // Every repository has such a branch.
    let open = with("token.actions.githubusercontent.com:ref");
    insta::assert_snapshot!(open, @"8:13 every repository on GitHub may assume this role");
    for claim in ["repository_owner_id", "workflow_ref", "subject"] {
        let said = with(&format!("token.actions.githubusercontent.com:{claim}"));
        assert_eq!(said, "", "{claim}");
    }
}
