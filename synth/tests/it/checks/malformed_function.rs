use super::found;

/// A function or an argument in each line that is none.
const WRONG: &str = r"
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Joinn ['', [a]]
      Tags:
        - {Key: a, Value: !Join [a]}
        - {Key: b, Value: !Join ['', !Sub x]}
        - {Key: c, Value: !Join ['', [[a]]]}
        - {Key: d, Value: !Select [3, [a, b]]}
        - {Key: e, Value: !Select [x, [a, b]]}
        - {Key: f, Value: !GetAtt Queue}
        - {Key: g, Value: !Sub [x]}
        - {Key: h, Value: !If [a, b]}
        - {Key: i, Value: !Base64 [x]}
        - {Key: j, Value: !ImportValue {'Fn::Sub': '${Queue}-x'}}
        - {Key: k, Value: !Select [0, !Cidr [10.0.0.0, 300, 8]]}
        - {Key: l, Value: !FindInMap [a, !Sub b, c]}
        - {Key: m, Value: !Equals [a, b]}
        - {Key: n, Value: {'Fn::ToJsonString': {a: b}}}
        - {Key: o, Value: {'Fn::Sub': x, b: c}}
        - {Key: p, Value: !Ref [a]}
        - {Key: q, Value: !Split [',', [a]]}
";

#[test]
fn malformed_function_names_functions_and_arguments() {
    let said = found("malformed-function", WRONG);
    insta::assert_snapshot!(said, @"
    6:18 there is no function `Fn::Joinn`
    8:27 `Fn::Join` takes a delimiter and a list, found a list of 1
    9:38 `Fn::Join` takes a list, found `Fn::Sub`
    10:39 `Fn::Join` takes a list of strings, found a list
    11:36 `Fn::Select` asks for item 3 of a list of 2, counted from 0
    12:36 `Fn::Select` takes a number from 0, found `x`
    13:27 `Fn::GetAtt` takes the name of a resource and an attribute, found `Queue`
    14:27 `Fn::Sub` takes a string, or a string and a map, found a list of 1
    15:27 `Fn::If` takes a condition and two values, found a list of 2
    16:27 `Fn::Base64` takes a string, found a list
    17:27 the name of an import cannot depend on a resource
    18:46 `Fn::Cidr` takes a block such as `10.0.0.0/16`
    18:56 `Fn::Cidr` takes a number from 1 to 256
    19:42 `Fn::FindInMap` takes a key here, found `Fn::Sub`
    20:27 `Fn::Equals` belongs in a condition, not in a value
    21:28 `Fn::ToJsonString` needs the transform AWS::LanguageExtensions
    22:28 `Fn::Sub` stands beside other keys
    23:27 `Ref` takes a name, found a list
    24:40 `Fn::Split` takes a string, found a list
    ");
}

#[test]
fn malformed_function_is_silent_about_what_they_take() {
    let said = found(
        "malformed-function",
        r"
Parameters:
  Names: {Type: CommaDelimitedList}
Conditions:
  Some: !Equals [!Ref 'AWS::Region', us-east-1]
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Join ['', [a, 5, !Ref 'AWS::Region']]
      Tags:
        - {Key: a, Value: !Join [',', !Ref Names]}
        - {Key: b, Value: !Join ['', !Split [',', !ImportValue x]]}
        - {Key: c, Value: !Select ['1', [a, b]]}
        - {Key: d, Value: !Select [1, [a, !If [Some, b, !Ref 'AWS::NoValue']]]}
        - {Key: e, Value: !Sub ['${a}', {a: !Select [0, !Ref Names]}]}
        - {Key: f, Value: !Base64 {'Fn::Sub': x}}
        - {Key: g, Value: !Select [0, !Cidr [10.0.0.0/16, 4, 8]]}
        - {Key: h, Value: !Select [0, !GetAZs '']}
        - {Key: i, Value: !FindInMap [a, !Ref 'AWS::Region', c]}
        - {'Fn::Transform': {Name: 'AWS::Include', Parameters: {Location: x}}}
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn malformed_function_knows_lists_in_texts_and_what_outputs_of_stacks_need() {
    let said = found(
        "malformed-function",
        r"
Parameters:
  Names: {Type: CommaDelimitedList}
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub 'a-${Names}'
      Tags:
        - {Key: a, Value: {'Fn::GetStackOutput': {StackName: a}}}
        - {Key: b, Value: !Sub ['${Names}', {Names: !Join [',', !Ref Names]}]}
",
    );
    insta::assert_snapshot!(said, @"
    8:18 `${Names}` is a list; `Fn::Sub` puts in single values
    10:28 `Fn::GetStackOutput` needs `OutputName`
    ");
}

#[test]
fn malformed_function_wants_a_list_to_count_and_no_text_to_write_as_json() {
    let said = found(
        "malformed-function",
        r"
Transform: AWS::LanguageExtensions
Parameters:
  Names: {Type: CommaDelimitedList}
Resources:
  A: {Type: 'AWS::SQS::Queue', Properties: {DelaySeconds: !Length word}}
  B: {Type: 'AWS::SQS::Queue', Properties: {DelaySeconds: !Length [a, b]}}
  C: {Type: 'AWS::SQS::Queue', Properties: {DelaySeconds: !Length {Ref: Names}}}
  D: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !ToJsonString ''}}
  E: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !ToJsonString {a: 1}}}
",
    );
    insta::assert_snapshot!(said, @"
    6:59 `Fn::Length` takes a list, found a string
    9:56 `Fn::ToJsonString` takes a list or a map, found a string
    ");
}

#[test]
fn malformed_function_selects_from_no_single_item() {
    let said = found(
        "malformed-function",
        r"
Resources:
  A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !Select [0, !Select [0, [[a], [b]]]]}}
  B: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !Select [0, !Split ['-', 'a-b']]}}
",
    );
    insta::assert_snapshot!(said, @"3:68 `Fn::Select` takes a list, found `Fn::Select`");
}

#[test]
fn variables_that_multiply_are_not_followed_to_the_end() {
    let variables = "${V}".repeat(10);
    let text = (0..12).fold(r#""x""#.to_owned(), |inner, _| {
        format!(r#"{{"Fn::Sub": ["{variables}", {{"V": {inner}}}]}}"#)
    });
    let topic = format!(r#"{{"Type": "AWS::SNS::Topic", "Properties": {{"DisplayName": {text}}}}}"#);
    let template = format!(r#"{{"Resources": {{"News": {topic}}}}}"#);
    insta::assert_snapshot!(found("malformed-function", &template), @"");
}
