use super::found;

#[test]
fn mismatched_key_schema_names_attributes() {
    let said = found(
        "mismatched-key-schema",
        r"
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}, {AttributeName: age, AttributeType: N}]
      KeySchema: [{AttributeName: id, KeyType: HASH}, {AttributeName: name, KeyType: RANGE}]
",
    );
    insta::assert_snapshot!(said, @"
    6:7 the attribute `age` is in no key
    6:7 the key attribute `name` is not defined
    ");
}

#[test]
fn mismatched_key_schema_is_silent_when_indexes_use_them_or_a_part_is_not_known() {
    let said = found(
        "mismatched-key-schema",
        r"
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}, {AttributeName: age, AttributeType: N}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      GlobalSecondaryIndexes: [{KeySchema: [{AttributeName: age, KeyType: HASH}]}]
  Other:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{AttributeName: !Ref Key, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn mismatched_key_schema_wants_attributes_for_keys() {
    let said = found(
        "mismatched-key-schema",
        r"
Resources:
  Table: {Type: 'AWS::DynamoDB::Table', Properties: {KeySchema: [{AttributeName: id, KeyType: HASH}]}}
",
    );
    insta::assert_snapshot!(said, @"3:54 the attributes of the keys need `AttributeDefinitions`");
}
