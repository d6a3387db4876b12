use super::found;

#[test]
fn mutable_image_tags_fires_by_default() {
    insta::assert_snapshot!(
                        found(
                            "mutable-image-tags",
                            r"
Resources:
  Images: {Type: 'AWS::ECR::Repository', Properties: {}}
",
                        ),
                        @"3:3 the tags of `Images` can be moved"
                    );
}

#[test]
fn mutable_image_tags_is_silent_when_immutable() {
    insta::assert_snapshot!(
                        found(
                            "mutable-image-tags",
                            r"
Resources:
  Images: {Type: 'AWS::ECR::Repository', Properties: {ImageTagMutability: IMMUTABLE}}
",
                        ),
                        @""
                    );
}
