use super::found;

#[test]
fn writable_root_fires_by_default() {
    let said = found(
        "writable-root",
        r"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      NetworkMode: awsvpc
      ContainerDefinitions:
        - {Name: app, Image: x}
",
    );
    insta::assert_snapshot!(said, @"8:11 container `app` can write to its root file system");
}

#[test]
fn writable_root_is_silent_when_read_only() {
    let said = found(
        "writable-root",
        r"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      NetworkMode: awsvpc
      ContainerDefinitions:
        - {Name: app, Image: x, ReadonlyRootFilesystem: true}
",
    );
    insta::assert_snapshot!(said, @"");
}
