use super::found;

#[test]
fn mutable_image_tags_fires_by_default() {
    let said = found(
        "mutable-image-tags",
        r"
Resources:
  Images: {Type: 'AWS::ECR::Repository', Properties: {}}
",
    );
    insta::assert_snapshot!(said, @"3:3 the tags of `Images` can be moved");
}

#[test]
fn mutable_image_tags_is_silent_when_immutable() {
    let said = found(
        "mutable-image-tags",
        r"
Resources:
  Images: {Type: 'AWS::ECR::Repository', Properties: {ImageTagMutability: IMMUTABLE}}
",
    );
    insta::assert_snapshot!(said, @"");
}
