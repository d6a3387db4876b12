use super::found;

/// Policies against the grammar.
const WRONG: &str = r"
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: 2012-10-18
        Statment: []
        Statement:
          - {Sid: 'a b', Effect: allow, Action: GetObject, Resource: 's3://bucket'}
          - {Action: 's3:*', NotAction: 's3:*', Resources: '*'}
          - {Effect: Allow, Principal: '*', Action: [], Resource: 'arn:aws:s3'}
          - {Sid: x, Effect: Deny, Action: '*', Resource: !Sub 'arn:aws:s3:::${AWS::Region}', Condition: {StringEqual: {'aws:a': b}, Bool: {'aws:b': maybe}, Null: x, StringLike: {key: x}}}
          - {Sid: x, Effect: Deny, Action: '*', Resource: '*'}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - {Effect: Allow, Principal: {Service: lambda}, Action: 'sts:AssumeRole', Resource: '*'}
          - {Effect: Allow, Principal: {AWS: [12345, 'arn:aws:iam::123456789012:group/x']}, Action: 'sts:AssumeRole'}
          - {Effect: Allow, Principal: {Aws: '*'}, Action: 'sts:AssumeRole'}
          - {Effect: Allow, Principal: ecs, Action: 'sts:AssumeRole'}
  BucketPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      PolicyDocument: {Statement: {Effect: Allow, Action: 's3:GetObject', Resource: '*'}}
";

#[test]
fn malformed_policy_names_what_the_grammar_does_not_have() {
    let said = found("malformed-policy", WRONG);
    insta::assert_snapshot!(said, @"
    7:18 the version of a policy is 2012-10-17, found 2012-10-18
    8:9 a policy has no element `Statment`
    10:19 the id `a b` has characters beside letters and digits
    10:34 `Effect` is Allow or Deny
    10:49 `GetObject` is not an action
    10:70 `s3://bucket` is neither an ARN nor `*`
    11:13 a statement needs `Effect`
    11:13 a statement needs `Resource` or `NotResource`
    11:14 a statement has `Action` or `NotAction`, not both
    11:30 a statement has `Action` or `NotAction`, not both
    11:49 a statement has no element `Resources`
    12:29 a policy of what an identity may do has no `Principal`
    12:53 a statement names at least one action
    12:67 `arn:aws:s3` is neither an ARN nor `*`
    13:107 there is no operator `StringEqual`
    13:150 `Bool` compares with true or false
    13:164 `Null` takes a map of keys, found a string
    13:180 `key` is not a key of conditions
    14:19 another statement has the id `x`
    20:50 `lambda` is no service
    20:85 a policy of who may assume a role has no `Resource`
    21:47 `12345` is no principal of AWS
    21:54 `arn:aws:iam::123456789012:group/x` is no principal of AWS
    22:41 there are no principals of kind `Aws`
    23:40 a principal is `*` or a map, found `ecs`
    27:35 a statement needs `Principal` or `NotPrincipal`
    27:85 the policy of a bucket cannot be about `*`
    ");
}

#[test]
fn malformed_policy_is_silent_about_what_iam_takes() {
    let said = found(
        "malformed-policy",
        r"
Conditions:
  Some: !Equals [!Ref 'AWS::Region', us-east-1]
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement:
          - {Effect: Allow, Principal: {Service: [lambda.amazonaws.com, !Sub 'ec2.${AWS::URLSuffix}']}, Action: 'sts:AssumeRole'}
          - {Sid: '', Effect: Allow, Principal: {AWS: ['123456789012', !Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root', !GetAtt Other.Arn]}, Action: 'sts:AssumeRole'}
          - !If [Some, {Effect: Allow, Principal: '*', Action: 'sts:AssumeRole'}, !Ref 'AWS::NoValue']
      Policies:
        - PolicyName: x
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: ['s3:Get*', !Sub '${AWS::Region}:x']
                Resource: !If [Some, '*', ['arn:aws:s3:::b', !Sub '${Bucket.Arn}/*', !Join ['', ['arn:', !Ref 'AWS::Partition', ':s3:::x']]]]
                Condition:
                  ForAnyValue:StringLikeIfExists: {'aws:TagKeys': [a, b]}
                  Bool: {'aws:SecureTransport': 'false'}
                  'Null': {'aws:x': true}
  BucketPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      PolicyDocument:
        Statement:
          - {Sid: a b, Effect: Allow, Principal: {CanonicalUser: abc}, Action: 's3:*', Resource: !Sub 'arn:aws:s3:::${Bucket}/*'}
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn malformed_policy_tells_of_trust_in_other_actions_than_those_of_sts() {
    let said = found(
        "malformed-policy",
        r"
Resources:
  A:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - {Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: ['s3:GetObject', 'sts:AssumeRole', 'sts:TagSession']}
",
    );
    insta::assert_snapshot!(said, @"9:85 who may assume a role is only about actions of STS");
}

#[test]
fn malformed_policy_tells_of_resources_in_the_policy_of_a_repository() {
    let said = found(
        "malformed-policy",
        r"
Resources:
  A:
    Type: AWS::ECR::Repository
    Properties:
      RepositoryPolicyText:
        Version: '2012-10-17'
        Statement:
          - {Effect: Allow, Principal: '*', Action: 'ecr:BatchGetImage', Resource: '*'}
          - {Effect: Allow, Principal: '*', Action: 'ecr:BatchGetImage'}
",
    );
    insta::assert_snapshot!(said, @"9:74 a policy of a repository has no `Resource`");
}
