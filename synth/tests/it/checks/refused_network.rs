use super::found;

#[test]
fn refused_network_tells_the_bits_of_a_mask() {
    let said = found(
        "refused-network",
        r"
Resources:
  A: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/8}}
  B: {Type: 'AWS::EC2::Subnet', Properties: {CidrBlock: 10.0.0.0/30}}
",
    );
    insta::assert_snapshot!(said, @"
    3:54 the mask has 8 bits; it has 16 to 28
    4:57 the mask has 30 bits; it has 16 to 28
    ");
}

#[test]
fn refused_network_is_silent_from_16_to_28() {
    let said = found(
        "refused-network",
        r"
Resources:
  A: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  B: {Type: 'AWS::EC2::Subnet', Properties: {CidrBlock: !Select [0, !Cidr [10.0.0.0/16, 4, 8]]}}
  C: {Type: 'AWS::EC2::Subnet', Properties: {CidrBlock: 10.0.0.16/28}}
",
    );
    insta::assert_snapshot!(said, @"");
}
