use super::found;

#[test]
fn malformed_cidr_names_what_is_no_block() {
    let said = found(
        "malformed-cidr",
        r"
Resources:
  A: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0/16}}
  B: {Type: 'AWS::EC2::Route', Properties: {DestinationCidrBlock: 0.0.0.0}}
  C: {Type: 'AWS::EC2::SecurityGroup', Properties: {SecurityGroupIngress: [{CidrIp: 10.0.300.0/16}, {CidrIpv6: 10.0.0.0/8}]}}
",
    );
    insta::assert_snapshot!(said, @"
    3:54 `10.0.0/16` is no block of addresses
    4:67 `0.0.0.0` is no block of addresses
    5:85 `10.0.300.0/16` is no block of addresses
    5:112 `10.0.0.0/8` is no block of addresses
    ");
}

#[test]
fn malformed_cidr_is_silent_about_blocks_and_what_is_not_known() {
    let said = found(
        "malformed-cidr",
        r"
Parameters:
  Block: {Type: String}
Resources:
  A: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  B: {Type: 'AWS::EC2::Subnet', Properties: {CidrBlock: !Select [0, !Cidr [!GetAtt A.CidrBlock, 4, 8]]}}
  C: {Type: 'AWS::EC2::SecurityGroup', Properties: {SecurityGroupIngress: [{CidrIp: !Ref Block}, {CidrIpv6: '::/0'}]}}
",
    );
    insta::assert_snapshot!(said, @"");
}
