use super::found;

#[test]
fn unpinned_image_fires_on_latest_and_on_no_tag() {
    let said = found(
        "unpinned-image",
        r"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      NetworkMode: awsvpc
      ContainerDefinitions:
        - {Name: a, Image: 'nginx:latest'}
        - {Name: b, Image: !Sub '${AWS::AccountId}.dkr.ecr.eu-west-1.amazonaws.com/app'}
",
    );
    insta::assert_snapshot!(said, @r"
    8:28 `nginx:latest` is not pinned
    9:28 `${AWS::AccountId}.dkr.ecr.eu-west-1.amazonaws.com/app` is not pinned
    ");
}

#[test]
fn unpinned_image_is_silent_about_digests_versions_and_parameters() {
    let said = found(
        "unpinned-image",
        r"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      NetworkMode: awsvpc
      ContainerDefinitions:
        - {Name: a, Image: 'nginx:1.29'}
        - {Name: b, Image: !Sub '${Repository}@${Digest}'}
        - {Name: c, Image: !Ref Image}
",
    );
    insta::assert_snapshot!(said, @"");
}
