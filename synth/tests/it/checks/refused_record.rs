use super::found;

#[test]
fn refused_record_names_the_form() {
    let said = found(
        "refused-record",
        r#"
Resources:
  A: {Type: 'AWS::Route53::RecordSet', Properties: {Type: A, ResourceRecords: [10.0.0.300]}}
  B: {Type: 'AWS::Route53::RecordSet', Properties: {Type: CNAME, ResourceRecords: [a.example.com, b.example.com]}}
  C:
    Type: AWS::Route53::RecordSetGroup
    Properties:
      RecordSets:
        - {Type: AAAA, ResourceRecords: [10.0.0.1]}
        - {Type: TXT, ResourceRecords: [plain, '"a" "b', '""']}
        - {Type: MX, ResourceRecords: [mail.example.com]}
        - {Type: CAA, ResourceRecords: [0 issue letsencrypt.org]}
"#,
    );
    insta::assert_snapshot!(said, @r#"
    3:80 `10.0.0.300` is not an IPv4 address, which a record of type A has
    4:99 a record of type CNAME has one value
    9:42 `10.0.0.1` is not an IPv6 address, which a record of type AAAA has
    10:41 `plain` is not texts of up to 255 characters in double quotes, which a record of type TXT has
    10:48 `"a" "b` is not texts of up to 255 characters in double quotes, which a record of type TXT has
    11:40 `mail.example.com` is not a priority and a domain name, which a record of type MX has
    12:41 `0 issue letsencrypt.org` is not flags, a tag and a value in double quotes, which a record of type CAA has
    "#);
}

#[test]
fn refused_record_is_silent_about_the_forms_there_are() {
    let said = found(
        "refused-record",
        r#"
Resources:
  A: {Type: 'AWS::Route53::RecordSet', Properties: {Type: A, ResourceRecords: [10.0.0.3, !GetAtt Instance.PublicIp]}}
  B: {Type: 'AWS::Route53::RecordSet', Properties: {Type: CNAME, ResourceRecords: [a.example.com]}}
  C:
    Type: AWS::Route53::RecordSetGroup
    Properties:
      RecordSets:
        - {Type: AAAA, ResourceRecords: ['2001:db8::1']}
        - {Type: TXT, ResourceRecords: ['"v=spf1 include:example.com"', '"a\"b" "c"']}
        - {Type: MX, ResourceRecords: [10 mail.example.com.]}
        - {Type: CAA, ResourceRecords: ['0 issue "letsencrypt.org"']}
        - {Type: SRV, ResourceRecords: [whatever]}
"#,
    );
    insta::assert_snapshot!(said, @"");
}
