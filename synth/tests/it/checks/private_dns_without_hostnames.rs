use super::found;

#[test]
fn private_dns_without_hostnames_names_what_is_off() {
    let said = found(
        "private-dns-without-hostnames",
        r"
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties: {VpcId: !Ref Vpc, VpcEndpointType: Interface, ServiceName: !Sub 'com.amazonaws.${AWS::Region}.logs', PrivateDnsEnabled: true}
",
    );
    insta::assert_snapshot!(said, @"6:137 `Vpc` has `EnableDnsHostnames` off, so private DNS is refused");
}

#[test]
fn private_dns_without_hostnames_is_silent_when_the_network_resolves() {
    let said = found(
        "private-dns-without-hostnames",
        r"
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16, EnableDnsHostnames: true}}
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties: {VpcId: !Ref Vpc, VpcEndpointType: Interface, ServiceName: !Sub 'com.amazonaws.${AWS::Region}.logs', PrivateDnsEnabled: true}
",
    );
    insta::assert_snapshot!(said, @"");
}
