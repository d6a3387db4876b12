use super::found;

#[test]
fn malformed_arn_names_the_part() {
    let said = found(
        "malformed-arn",
        r"
Resources:
  A: {Type: 'AWS::Lambda::Permission', Properties: {SourceArn: !Sub 'arn:aws:s3::${AWS::AccountId}'}}
  B: {Type: 'AWS::Lambda::Permission', Properties: {SourceArn: !Sub 'arn:aws-x:sns:${AWS::Region}:1234:topic'}}
  C: {Type: 'AWS::Lambda::Permission', Properties: {SourceArn: 'arn:aw:sns:us-east-1:123456789012:topic'}}
  D: {Type: 'AWS::Lambda::Permission', Properties: {SourceArn: 'arn:aws:sns:us-east-1:123456789012'}}
  E: {Type: 'AWS::Lambda::Permission', Properties: {SourceArn: !Join ['', ['arn:aws:sns:', '123456789012', ':', !Ref 'AWS::Region', ':topic']]}}
",
    );
    insta::assert_snapshot!(said, @"
    3:64 an ARN has 6 parts, found 5 in `arn:aws:s3::${AWS::AccountId}`
    4:64 `1234` is no account: those have 12 digits
    5:64 `aw` is no partition: an ARN begins with `arn:aws:`
    6:64 an ARN has 6 parts, found 5 in `arn:aws:sns:us-east-1:123456789012`
    7:64 an account stands where the region does in `arn:partition:service:region:account:resource`
    ");
}

#[test]
fn malformed_arn_is_silent_about_arns_and_what_may_be_one() {
    let said = found(
        "malformed-arn",
        r"
Resources:
  A: {Type: 'AWS::Lambda::Permission', Properties: {SourceArn: !Sub 'arn:${AWS::Partition}:s3:::${Bucket}'}}
  B: {Type: 'AWS::Lambda::Permission', Properties: {SourceArn: !Sub 'arn:aws:sns:${Rest}'}}
  C: {Type: 'AWS::Lambda::Permission', Properties: {SourceArn: !Join ['', ['arn:', !Ref 'AWS::Partition', ':iam::', !Ref 'AWS::AccountId', ':role/x']]}}
  D: {Type: 'AWS::Lambda::Permission', Properties: {SourceArn: !If [Some, 'arn:aws:iam::aws:policy/x', !Ref 'AWS::NoValue']}}
  E: {Type: 'AWS::SNS::Topic', Properties: {DisplayName: 'arn: what an accident'}}
",
    );
    insta::assert_snapshot!(said, @"");
}
