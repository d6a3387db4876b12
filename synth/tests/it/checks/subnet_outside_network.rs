use super::found;

#[test]
fn subnet_outside_network_names_both() {
    let said = found(
        "subnet-outside-network",
        r"
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}}
  B: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.128/25}}
  C: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.0.0/24}}
",
    );
    insta::assert_snapshot!(said, @r"
    5:74 `B` overlaps with `A`
    6:74 `C` is not inside of the addresses of `Vpc`
    ");
}

#[test]
fn subnet_outside_network_is_silent_about_neighbours() {
    let said = found(
        "subnet-outside-network",
        r"
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}}
  B: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
",
    );
    insta::assert_snapshot!(said, @"");
}
