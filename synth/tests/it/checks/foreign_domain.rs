use super::found;

#[test]
fn foreign_domain_names_both() {
    let said = found(
        "foreign-domain",
        r"
Resources:
  A: {Type: 'AWS::Route53::RecordSet', Properties: {Name: www.example.org, HostedZoneName: example.com.}}
  B: {Type: 'AWS::CertificateManager::Certificate', Properties: {DomainValidationOptions: [{DomainName: www.example.com, ValidationDomain: ample.com}]}}
",
    );
    insta::assert_snapshot!(said, @"
    3:59 `www.example.org` is not in the zone `example.com`
    4:105 `www.example.com` is not in the validation domain `ample.com`
    ");
}

#[test]
fn foreign_domain_is_silent_inside_of_the_domain() {
    let said = found(
        "foreign-domain",
        r"
Resources:
  A: {Type: 'AWS::Route53::RecordSet', Properties: {Name: www.example.com, HostedZoneName: example.com.}}
  B: {Type: 'AWS::Route53::RecordSet', Properties: {Name: example.com., HostedZoneName: Example.com.}}
  C: {Type: 'AWS::Route53::RecordSet', Properties: {Name: !Sub '${X}.example.org', HostedZoneName: example.com.}}
",
    );
    insta::assert_snapshot!(said, @"");
}
