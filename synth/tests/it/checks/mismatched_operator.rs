use super::found;

#[test]
fn mismatched_operator_tells_of_keys_and_values_of_another_type() {
    let said = found(
        "mismatched-operator",
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
              NumericEquals: {aws:SourceArn: 1, s3:max-keys: ten}
              Bool: {aws:PrincipalOrgID: 'true'}
              DateLessThan: {aws:CurrentTime: tomorrow}
              IpAddress: {aws:SourceIp: [10.0.0.0/33, 10.0.0]}
              ArnLike: {aws:SourceAccount: '123456789012', aws:SourceArn: my-topic}
              StringEquals: {aws:TagKeys: a, s3:prefix: 'home/*', aws:SourceIp: 10.0.0.0/8}
              NullIfExists: {aws:TokenIssueTime: true}
              ForAllValues:StringEquals: {aws:PrincipalOrgID: o-1}
",
    );
    insta::assert_snapshot!(said, @"
    12:31 `NumericEquals` compares with a number, and `aws:SourceArn` is an ARN
    12:62 `NumericEquals` compares with a number, found `ten`
    13:22 `Bool` compares with true or false, and `aws:PrincipalOrgID` is a text
    14:47 `DateLessThan` compares with a date, found `tomorrow`
    15:42 `IpAddress` compares with an IP address, found `10.0.0.0/33`
    15:55 `IpAddress` compares with an IP address, found `10.0.0`
    16:25 `ArnLike` compares with an ARN, and `aws:SourceAccount` is a text
    16:75 `ArnLike` compares with an ARN, found `my-topic`
    17:30 `aws:TagKeys` can have several values in a request
    17:57 `StringEquals` takes `*` for itself, not for any text
    17:81 no address is equal to the text `10.0.0.0/8`
    18:30 `Null` asks whether the key exists, so that `IfExists` cannot stand behind it
    19:43 `ForAllValues:StringEquals` is true of requests without `aws:PrincipalOrgID`
    ");
}

#[test]
fn mismatched_operator_is_silent_about_what_goes_together() {
    let said = found(
        "mismatched-operator",
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
              NumericLessThan: {aws:MultiFactorAuthAge: '3600', aws:EpochTime: 1700000000, s3:max-keys: !Ref Most}
              Bool: {aws:SecureTransport: true}
              DateGreaterThanIfExists: {aws:CurrentTime: '2026-10-20T12:00:00Z', aws:TokenIssueTime: !Ref Then}
              NotIpAddress: {aws:SourceIp: [10.0.0.0/8, '2001:db8::/32', 10.1.2.3, !Ref Range]}
              ArnLike: {aws:SourceArn: ['arn:aws:sns:*:*:x', !Ref Topic, !Sub '${Topic}', '*'], ecs:cluster: 'arn:aws:ecs:*'}
              StringEquals: {aws:SourceArn: !Ref Topic, kms:GrantIsForAWSResource: 'true'}
              StringLike: {s3:prefix: 'home/*'}
              'Null': {aws:TagKeys: true}
              ForAnyValue:StringEquals: {aws:TagKeys: a, aws:PrincipalOrgID: o-1}
          - Effect: Deny
            Action: '*'
            Resource: '*'
            Condition: {ForAllValues:StringEquals: {aws:PrincipalOrgID: o-1}}
",
    );
    insta::assert_snapshot!(said, @"");
}
