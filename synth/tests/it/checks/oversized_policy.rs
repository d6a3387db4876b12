use super::found;

#[test]
fn oversized_policy_counts_what_is_certain() {
    let many = vec![format!("'arn:aws:s3:::{}'", "b".repeat(60)); 100].join(", ");
    let said = found(
        "oversized-policy",
        &r"
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: {Statement: {Effect: Allow, Action: '*', Resource: [LONG]}}
"
        .replace("LONG", &many),
    );
    insta::assert_snapshot!(said, @"6:23 the policy has 7658 characters; the most is 6144");
}

#[test]
fn oversized_policy_is_silent_about_a_short_one() {
    let said = found(
        "oversized-policy",
        r"
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: {Statement: {Effect: Allow, Action: '*', Resource: '*'}}
",
    );
    insta::assert_snapshot!(said, @"");
}
