use super::found;

#[test]
fn malformed_template_names_sections_and_attributes() {
    let said = found(
        "malformed-template",
        r"
Resorces: {}
Resources:
  A-b: {Type: 'AWS::SNS::Topic', Proprties: {}}
  B: {Properties: []}
  C: text
  D: {Type: 'AWS::SNS::Topic', DisplayName: x}
",
    );
    insta::assert_snapshot!(said, @r"
    2:1 a template has no section `Resorces`
    4:3 the logical id `A-b` has characters beside letters and digits
    4:34 a resource has no attribute `Proprties`
    5:3 the resource `B` has no `Type`
    5:19 `Properties` is a map, found a list
    6:6 a resource is a map, found a string
    7:32 a resource has no attribute `DisplayName`
    ");
}

#[test]
fn malformed_template_wants_resources() {
    let said = found(
        "malformed-template",
        r"
Description: x
",
    );
    insta::assert_snapshot!(said, @"2:1 a template has a section `Resources`");
}

#[test]
fn malformed_template_is_silent_about_a_plain_one() {
    let said = found(
        "malformed-template",
        r"
AWSTemplateFormatVersion: '2010-09-09'
Description: x
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn malformed_template_wants_metadata_that_is_a_map() {
    let said = found(
        "malformed-template",
        r"
Metadata: [a]
Resources:
  A: {Type: 'AWS::SQS::Queue'}
",
    );
    insta::assert_snapshot!(said, @"2:11 `Metadata` is a map, found a list");
}
