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
