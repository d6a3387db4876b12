use super::{found, together};

#[test]
fn dangling_import_names_the_nearest() {
    let said = together(
        "dangling-import",
        &[
            r"
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
Outputs: {A: {Value: 1, Export: {Name: network-vpc}}}
",
            r"
Resources:
  T: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !ImportValue network-vcp}}
",
        ],
    );
    insta::assert_snapshot!(said, @"3:56 none of these templates exports `network-vcp`");
}

#[test]
fn dangling_import_is_silent_when_it_is_exported_or_nothing_is() {
    let said = together(
        "dangling-import",
        &[
            r"
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
Outputs: {A: {Value: 1, Export: {Name: network-vpc}}}
",
            r"
Resources:
  T: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !ImportValue network-vpc}}
",
        ],
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn dangling_import_is_silent_about_a_template_alone() {
    let said = found(
        "dangling-import",
        r"
Resources:
  T: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !ImportValue network-vpc}}
",
    );
    insta::assert_snapshot!(said, @"");
}
