use super::found;

#[test]
fn null_value_names_a_key_with_nothing_behind_it() {
    let said = found(
        "null-value",
        r"
Parameters:
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName:
      Tags: [null]
",
    );
    insta::assert_snapshot!(said, @"
    2:1 nothing stands behind `Parameters`
    7:7 nothing stands behind `TopicName`
    8:14 an item of the list is null
    ");
}

#[test]
fn null_value_is_silent_about_metadata() {
    let said = found(
        "null-value",
        r"
Metadata: null
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Metadata: {a: null, b: 5}
",
    );
    insta::assert_snapshot!(said, @"");
}
