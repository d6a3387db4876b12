use super::found;

#[test]
fn malformed_output_wants_one_value_and_a_name_that_is_known() {
    let said = found(
        "malformed-output",
        r"
Parameters:
  Subnets: {Type: CommaDelimitedList}
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
Outputs:
  None: {Description: x}
  List: {Value: [a]}
  Zones: {Value: !GetAZs ''}
  Parameter: {Value: !Ref Subnets}
  Export: {Value: x, Export: {Name: !Sub '${Topic}-x'}}
  Nameless: {Value: x, Export: {}}
  Key: {Value: x, Descripton: y}
",
    );
    insta::assert_snapshot!(said, @"
    7:3 the output `None` needs `Value`
    8:17 the value of an output is a string, found a list
    9:18 the value of an output is a string, found a list
    10:22 the value of an output is a string, found a list
    11:37 the name of an export cannot depend on a resource
    12:24 `Export` needs `Name`
    13:19 the output `Key` has no `Descripton`
    ");
}

#[test]
fn malformed_output_is_silent_about_a_plain_one() {
    let said = found(
        "malformed-output",
        r"
Parameters:
  Subnets: {Type: CommaDelimitedList}
Conditions:
  Some: !Equals [!Ref 'AWS::Region', us-east-1]
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
Outputs:
  Topic:
    Condition: Some
    Description: The topic
    Value: !If [Some, !Ref Topic, !Join [',', !Ref Subnets]]
    Export: {Name: !Sub '${AWS::StackName}-topic'}
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn malformed_output_wants_a_map_rather_than_the_value_itself() {
    let said = found(
        "malformed-output",
        r"
Parameters:
  Name: {Type: String}
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
Outputs:
  Bad: !Ref Name
  Good: {Value: !Ref Name}
",
    );
    insta::assert_snapshot!(said, @"7:8 an output is a map, found `Ref`");
}
