use super::found;

#[test]
fn root_user_fires_on_root() {
    let said = found(
        "root-user",
        r"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      NetworkMode: awsvpc
      ContainerDefinitions:
        - {Name: app, Image: x, User: '0:0'}
",
    );
    insta::assert_snapshot!(said, @"8:39 the container runs as root");
}

#[test]
fn root_user_is_silent_about_others_and_what_the_image_decides() {
    let said = found(
        "root-user",
        r"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      NetworkMode: awsvpc
      ContainerDefinitions:
        - {Name: app, Image: x, User: '1000:1000'}
        - {Name: other, Image: y}
",
    );
    insta::assert_snapshot!(said, @"");
}
