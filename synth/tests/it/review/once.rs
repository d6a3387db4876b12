//! The same change in several environments.

use super::{lines, one, review_all};

#[test]
fn the_same_change_in_two_environments_is_told_once() {
    let (old, new) = (
        one("AWS::SQS::Queue", "{DelaySeconds: 1}"),
        one("AWS::SQS::Queue", "{DelaySeconds: 2}"),
    );
    let review = review_all(&[("dev.yaml", &old, &new), ("prod.yaml", &old, &new)]);
    insta::assert_snapshot!(lines(&review), @r"
    dev.yaml+prod.yaml: update R
      DelaySeconds: update (schema)
    ");
}

#[test]
fn different_changes_are_told_apart() {
    let queue = |delay: u8| one("AWS::SQS::Queue", &format!("{{DelaySeconds: {delay}}}"));
    let review = review_all(&[("dev.yaml", &queue(1), &queue(2)), ("prod.yaml", &queue(1), &queue(3))]);
    assert_eq!(review.resources.len(), 2);
}
