use super::found;

#[test]
fn malformed_parameter_names_types_constraints_and_functions() {
    let said = found(
        "malformed-parameter",
        r"
Parameters:
  NoType: {Default: x}
  Type: {Type: Strin}
  Unknown: {Type: String, Defualt: x}
  Bounds: {Type: String, MinValue: 1}
  Length: {Type: Number, MaxLength: 3}
  Range: {Type: Number, MinValue: 5, MaxValue: 3}
  Function: {Type: String, Default: !Ref 'AWS::Region'}
  Flag: {Type: String, NoEcho: maybe}
  a-b: {Type: String}
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
",
    );
    insta::assert_snapshot!(said, @"
    3:3 the parameter `NoType` needs `Type`
    4:16 `Strin` is not a type of parameters
    5:27 the parameter `Unknown` has no `Defualt`
    6:26 a parameter of type `String` takes no `MinValue`
    7:26 a parameter of type `Number` takes no `MaxLength`
    8:35 `MinValue` is 5 and `MaxValue` is 3
    9:37 `Default` is a string, found a function
    10:32 `NoEcho` is `true` or `false`, found a string
    11:3 the parameter `a-b` has characters beside letters and digits
    ");
}

#[test]
fn malformed_parameter_is_silent_about_every_kind_of_type() {
    let said = found(
        "malformed-parameter",
        r"
Parameters:
  A: {Type: String, AllowedPattern: '[a-z]+', MinLength: 1, MaxLength: 5, NoEcho: true}
  B: {Type: Number, MinValue: 1, MaxValue: 5, Default: 3}
  C: {Type: 'List<AWS::EC2::Subnet::Id>'}
  D: {Type: 'AWS::SSM::Parameter::Value<List<AWS::EC2::Image::Id>>', Default: /a/b}
  E: {Type: CommaDelimitedList, Default: 'a,b', AllowedValues: [a, b]}
  F: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /a}
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn malformed_parameter_wants_patterns_that_are_regular_expressions() {
    let said = found(
        "malformed-parameter",
        r"
Parameters:
  A: {Type: String, AllowedPattern: '[a-z'}
  B: {Type: String, AllowedPattern: '(a|b'}
  C: {Type: String, AllowedPattern: 'a)'}
  D: {Type: String, AllowedPattern: '\d+\'}
  E: {Type: String, AllowedPattern: '^(?!x)[]a(\]]{2,}\($'}
  F: {Type: String, AllowedPattern: '[^]]*|\Q[\E'}
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
",
    );
    insta::assert_snapshot!(said, @"
    3:37 a bracket of the regular expression is not closed
    4:37 a bracket of the regular expression is not closed
    5:37 a bracket of the regular expression is closed that was not opened
    6:37 the regular expression ends with a backslash
    ");
}
