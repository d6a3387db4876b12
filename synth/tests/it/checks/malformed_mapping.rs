use super::found;

#[test]
fn malformed_mapping_names_levels_and_keys() {
    let said = found(
        "malformed-mapping",
        r"
Mappings:
  Flat: {a: x}
  Deep: {a: {b: {c: x}}}
  Bad_Name: {a: {b: x}}
  Key: {us-east-1: {'a-b': x}}
  Empty: {}
  Function: {a: {b: !Ref X}}
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
",
    );
    insta::assert_snapshot!(said, @"
    3:13 the first level of a mapping is a map, found a string
    4:17 the value of a mapping is a string or a list, found a map
    5:3 the mapping `Bad_Name` has characters beside letters and digits
    6:21 the key `a-b` has characters beside letters and digits
    7:3 a mapping has at least one key
    8:21 the value of a mapping is a string or a list, found a map
    ");
}

#[test]
fn malformed_mapping_is_silent_about_strings_and_lists() {
    let said = found(
        "malformed-mapping",
        r"
Mappings:
  Regions: {us-east-1: {Image: ami-12345678, Zones: [a, b], Count: 3}}
  Included: {'Fn::Transform': {Name: AWS::Include, Parameters: {Location: s3://b/k}}}
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn malformed_mapping_leaves_the_items_of_lists_alone() {
    let said = found(
        "malformed-mapping",
        r"
Mappings:
  Rules: {All: {One: [{Ownership: BucketOwnerPreferred}]}}
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
",
    );
    insta::assert_snapshot!(said, @"");
}
