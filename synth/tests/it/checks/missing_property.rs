use super::found;

#[test]
fn missing_property_names_it() {
    let said = found(
        "missing-property",
        r"
Resources:
  Subnet:
    Type: AWS::IAM::Role
    Properties: {RoleName: x}
",
    );
    insta::assert_snapshot!(said, @"5:17 AWS::IAM::Role needs `AssumeRolePolicyDocument`");
}

#[test]
fn missing_property_is_found_without_properties() {
    let said = found(
        "missing-property",
        r"
Resources:
  Role:
    Type: AWS::IAM::Role
",
    );
    insta::assert_snapshot!(said, @"3:3 AWS::IAM::Role needs `AssumeRolePolicyDocument`");
}

#[test]
fn missing_property_is_found_when_a_condition_takes_it_away() {
    let said = found(
        "missing-property",
        r"
Parameters: {Env: {Type: String, AllowedValues: [dev, prod]}}
Conditions: {Prod: !Equals [!Ref Env, prod]}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: !If [Prod, {}, !Ref AWS::NoValue]
",
    );
    insta::assert_snapshot!(said, @"7:5 AWS::IAM::Role needs `AssumeRolePolicyDocument`");
}

#[test]
fn missing_property_is_silent_when_the_resource_has_the_same_condition() {
    let said = found(
        "missing-property",
        r"
Parameters: {Env: {Type: String, AllowedValues: [dev, prod]}}
Conditions: {Prod: !Equals [!Ref Env, prod], Dev: !Not [!Condition Prod]}
Resources:
  Role:
    Type: AWS::IAM::Role
    Condition: Prod
    Properties:
      AssumeRolePolicyDocument: !If [Dev, !Ref AWS::NoValue, {}]
",
    );
    insta::assert_snapshot!(said, @"");
}
