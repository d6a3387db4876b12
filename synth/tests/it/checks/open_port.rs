use super::found;

#[test]
fn open_port_names_the_port() {
    let said = found(
        "open-port",
        r"
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: x
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}, {IpProtocol: -1, CidrIpv6: '::/0'}]
",
    );
    insta::assert_snapshot!(said, @r"
    7:82 port 22 is open to the internet
    7:121 every port is open to the internet
    ");
}

#[test]
fn open_port_is_silent_about_the_web_and_about_networks() {
    let said = found(
        "open-port",
        r"
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: x
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}, {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8}]
",
    );
    insta::assert_snapshot!(said, @"");
}
