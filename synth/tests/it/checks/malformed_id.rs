use super::found;

#[test]
fn malformed_id_names_ids_of_another_form() {
    let said = found(
        "malformed-id",
        r"
Resources:
  Instance:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-123
      SubnetId: vpc-12345678
      SecurityGroupIds: [sg-12345678, default]
",
    );
    insta::assert_snapshot!(said, @"
    6:16 `ami-123` is not the id of an image
    7:17 `vpc-12345678` is not the id of a subnet
    ");
}

#[test]
fn malformed_id_is_silent_about_ids_and_what_is_not_known() {
    let said = found(
        "malformed-id",
        r"
Parameters:
  Image: {Type: String}
Resources:
  Instance:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: !Ref Image
      SubnetId: subnet-0123456789abcdef0
      SecurityGroupIds: [sg-12345678, '{{resolve:ssm:/group}}']
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn malformed_id_tells_what_was_meant_for_sub_and_leaves_what_another_tool_puts_in() {
    let said = found(
        "malformed-id",
        r"
Parameters:
  Image: {Type: String}
Resources:
  A: {Type: 'AWS::EC2::Instance', Properties: {ImageId: '${Image}'}}
  B: {Type: 'AWS::EC2::Instance', Properties: {ImageId: '${self:custom.image}'}}
",
    );
    insta::assert_snapshot!(said, @"5:57 `${Image}` is not the id of an image");
}
