use super::found;

#[test]
fn refused_port_names_ports_and_protocols_that_do_not_exist() {
    let said = found(
        "refused-port",
        r"
Resources:
  A: {Type: 'AWS::EC2::SecurityGroup', Properties: {SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 70000}]}}
  B: {Type: 'AWS::EC2::SecurityGroupIngress', Properties: {IpProtocol: http, FromPort: 80, ToPort: 80}}
",
    );
    insta::assert_snapshot!(said, @"
    3:116 70000 is no port: those are from 0 to 65535
    4:72 `http` is no protocol of a security group
    ");
}

#[test]
fn refused_port_is_silent_about_those_that_do() {
    let said = found(
        "refused-port",
        r"
Resources:
  A: {Type: 'AWS::EC2::SecurityGroup', Properties: {SecurityGroupIngress: [{IpProtocol: '-1'}, {IpProtocol: ICMP, FromPort: -1, ToPort: -1}]}}
  B: {Type: 'AWS::EC2::SecurityGroupEgress', Properties: {IpProtocol: '50'}}
",
    );
    insta::assert_snapshot!(said, @"");
}
