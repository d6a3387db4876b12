use super::found;

#[test]
fn refused_tag_names_keys_that_stand_twice_or_are_of_aws() {
    let said = found(
        "refused-tag",
        r"
Resources:
  A: {Type: 'AWS::SQS::Queue', Properties: {Tags: [{Key: a, Value: b}, {Key: a, Value: c}, {Key: 'aws:x', Value: c}]}}
",
    );
    insta::assert_snapshot!(said, @"
    3:78 another tag has the key `a`
    3:98 `aws:x` is a key of AWS's own
    ");
}

#[test]
fn refused_tag_is_silent_about_keys_of_ones_own_and_choices() {
    let said = found(
        "refused-tag",
        r"
Conditions:
  Here: !Equals [!Ref 'AWS::Region', eu-west-1]
Resources:
  A: {Type: 'AWS::SQS::Queue', Properties: {Tags: [{Key: a, Value: b}, !If [Here, {Key: a, Value: c}, !Ref 'AWS::NoValue']]}}
",
    );
    insta::assert_snapshot!(said, @"");
}
