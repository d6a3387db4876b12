use super::found;

#[test]
fn writable_root_fires_by_default() {
    insta::assert_snapshot!(
                        found(
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
                        ),
                        @"8:11 container `app` can write to its root file system"
                    );
}

#[test]
fn writable_root_is_silent_when_read_only() {
    insta::assert_snapshot!(
                        found(
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
                        ),
                        @""
                    );
}
