use super::together;

#[test]
fn colliding_export_names_the_other_file() {
    let said = together(
        "colliding-export",
        &[
            r"
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
Outputs: {A: {Value: 1, Export: {Name: x}}}
",
            r"
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
Outputs: {B: {Value: 1, Export: {Name: x}}}
",
        ],
    );
    insta::assert_snapshot!(said, @"4:40 the export `x` is in 0.yaml already");
}

#[test]
fn colliding_export_is_silent_when_the_name_has_the_stack_in_it() {
    let said = together(
        "colliding-export",
        &[
            r"
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
Outputs: {A: {Value: 1, Export: {Name: !Sub '${AWS::StackName}-x'}}}
",
            r"
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
Outputs: {B: {Value: 1, Export: {Name: !Sub '${AWS::StackName}-x'}}}
",
        ],
    );
    insta::assert_snapshot!(said, @"");
}
