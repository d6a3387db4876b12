use super::found;

#[test]
fn wrong_type_says_what_is_wanted() {
    let said = found(
        "wrong-type",
        r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      DesiredCount: two
      LoadBalancers: {ContainerPort: 80}
",
    );
    insta::assert_snapshot!(said, @r#"
6:21 `DesiredCount` wants a whole number, found "two"
7:22 `LoadBalancers` wants a list, found a map
"#);
}

#[test]
fn wrong_type_is_silent_about_what_cloudformation_converts() {
    let said = found(
        "wrong-type",
        r"
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      DesiredCount: '2'
      EnableExecuteCommand: 'true'
      ServiceName: 5
      LoadBalancers: [{ContainerPort: !Ref Port}]
",
    );
    insta::assert_snapshot!(said, @"");
}
