use super::together;

#[test]
fn colliding_export_names_the_other_file() {
    insta::assert_snapshot!(
                        together(
                            "colliding-export",
                            &[r"
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
Outputs: {A: {Value: 1, Export: {Name: x}}}
", r"
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
Outputs: {B: {Value: 1, Export: {Name: x}}}
"],
                        ),
                        @"4:40 the export `x` is in 0.yaml already"
                    );
}

#[test]
fn colliding_export_is_silent_when_the_name_has_the_stack_in_it() {
    insta::assert_snapshot!(
                        together(
                            "colliding-export",
                            &[r"
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
Outputs: {A: {Value: 1, Export: {Name: !Sub '${AWS::StackName}-x'}}}
", r"
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
Outputs: {B: {Value: 1, Export: {Name: !Sub '${AWS::StackName}-x'}}}
"],
                        ),
                        @""
                    );
}
