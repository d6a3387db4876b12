use super::found;

#[test]
fn endpoint_without_private_dns_fires_by_default() {
    let said = found(
        "endpoint-without-private-dns",
        r"
Resources:
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties: {VpcId: !Ref Vpc, VpcEndpointType: Interface, ServiceName: !Sub 'com.amazonaws.${AWS::Region}.logs'}
",
    );
    insta::assert_snapshot!(said, @"3:3 `Endpoint` is not found by the name of its service");
}

#[test]
fn endpoint_without_private_dns_is_silent_with_it_and_about_gateways() {
    let said = found(
        "endpoint-without-private-dns",
        r"
Resources:
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties: {VpcId: !Ref Vpc, VpcEndpointType: Interface, ServiceName: !Sub 'com.amazonaws.${AWS::Region}.logs', PrivateDnsEnabled: true}
  Gateway:
    Type: AWS::EC2::VPCEndpoint
    Properties: {VpcId: !Ref Vpc, ServiceName: !Sub 'com.amazonaws.${AWS::Region}.logs'}
",
    );
    insta::assert_snapshot!(said, @"");
}
