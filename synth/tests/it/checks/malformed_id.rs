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
