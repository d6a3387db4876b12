use super::found;

#[test]
fn image_expiry_by_age_fires_on_tagged_images() {
    let said = found(
        "image-expiry-by-age",
        r#"
Resources:
  Images: {Type: 'AWS::ECR::Repository', Properties: {LifecyclePolicy: {LifecyclePolicyText: '{"rules": [{"rulePriority": 1, "selection": {"tagStatus": "any", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 30}, "action": {"type": "expire"}}]}'}}}
"#,
    );
    insta::assert_snapshot!(said, @"3:94 `Images` deletes tagged images by their age");
}

#[test]
fn image_expiry_by_age_is_silent_about_untagged_ones() {
    let said = found(
        "image-expiry-by-age",
        r#"
Resources:
  Images: {Type: 'AWS::ECR::Repository', Properties: {LifecyclePolicy: {LifecyclePolicyText: '{"rules": [{"rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 30}, "action": {"type": "expire"}}]}'}}}
"#,
    );
    insta::assert_snapshot!(said, @"");
}
