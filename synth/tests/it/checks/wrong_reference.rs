use super::found;

#[test]
fn wrong_reference_says_what_belongs_there() {
    let said = found(
        "wrong-reference",
        r"
Resources:
  Vpc: {Type: 'AWS::EC2::VPC'}
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: x, VpcId: !Ref Subnet}
",
    );
    insta::assert_snapshot!(said, @"9:46 `Subnet` gives AWS::EC2::Subnet.Id; here belongs AWS::EC2::VPC.Id");
}

#[test]
fn wrong_reference_is_silent_when_the_kinds_agree() {
    let said = found(
        "wrong-reference",
        r"
Resources:
  Vpc: {Type: 'AWS::EC2::VPC'}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: x, VpcId: !Ref Vpc}
  Again:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: x, VpcId: !GetAtt Vpc.VpcId}
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn wrong_reference_names_names_where_arns_and_ids_belong() {
    let said = found(
        "wrong-reference",
        r"
Resources:
  Role: {Type: 'AWS::IAM::Role'}
  Group: {Type: 'AWS::EC2::SecurityGroup'}
  A: {Type: 'AWS::Lambda::Function', Properties: {Role: !Ref Role}}
  B: {Type: 'AWS::Lambda::Function', Properties: {Role: !GetAtt Role.Arn}}
  C: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Role}}
  E: {Type: 'AWS::S3::Bucket', Properties: {BucketName: !GetAtt Role.Arn}}
  D: {Type: 'AWS::EC2::Instance', Properties: {SubnetId: !Ref Group, SecurityGroups: [!Ref Group], SecurityGroupIds: [!Ref Group]}}
",
    );
    insta::assert_snapshot!(said, @"
    5:57 `Role` gives its RoleName; here belongs an ARN
    7:53 `Role` gives its RoleName; here belongs AWS::EC2::VPC.Id
    8:57 `Role` gives an ARN; here belongs AWS::S3::Bucket.Name
    9:58 `Group` is AWS::EC2::SecurityGroup; here belongs AWS::EC2::Subnet.Id
    ");
}

#[test]
fn wrong_reference_knows_that_the_reference_to_a_rule_is_its_name() {
    let said = found(
        "wrong-reference",
        r"
Resources:
  Nightly: {Type: 'AWS::Events::Rule', Properties: {ScheduleExpression: rate(1 day)}}
  Let:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: sort
      Principal: events.amazonaws.com
      SourceArn: !Ref Nightly
",
    );
    insta::assert_snapshot!(said, @"10:18 `Nightly` gives its Name; here belongs an ARN");
}
