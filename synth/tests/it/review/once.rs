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

fn moved(old: &[(&str, &str)], new: &[(&str, &str)]) -> synth::review::Review {
    let read = |files: &[(&str, &str)]| -> Vec<synth::read::Document> {
        files.iter().map(|(file, text)| super::document(file, text)).collect()
    };
    synth::review::compare(&read(old), &read(new))
}

#[test]
fn a_template_under_another_name_is_the_same_template() {
    let (old, new, other) = (
        one("AWS::SQS::Queue", "{DelaySeconds: 1}"),
        one("AWS::SQS::Queue", "{DelaySeconds: 2}"),
        one("AWS::SNS::Topic", "{}"),
    );
    let review = moved(
        &[("a.yaml", &old), ("x.yaml", &other)],
        &[("b/a.yaml", &new), ("x.yaml", &other)],
    );
    insta::assert_snapshot!(lines(&review), @r"
    b/a.yaml: update R
      DelaySeconds: update (schema)
    ");
    assert_eq!(review.interface[0].old, Some("a.yaml".into()));
}

#[test]
fn a_template_that_has_nothing_in_common_is_another() {
    let (queue, topic) = (one("AWS::SQS::Queue", "{}"), one("AWS::SNS::Topic", "{}"));
    let review = moved(
        &[("a.yaml", &queue), ("x.yaml", &topic)],
        &[("b.yaml", &topic), ("x.yaml", &topic)],
    );
    insta::assert_snapshot!(lines(&review), @r"
    a.yaml: delete R
    b.yaml: create R
    ");
}

#[test]
fn of_two_that_moved_each_finds_its_own() {
    let (dev, prod) = (
        one("AWS::SQS::Queue", "{DelaySeconds: 1}"),
        one("AWS::SQS::Queue", "{DelaySeconds: 2}"),
    );
    let review = moved(
        &[("out/dev/a.yaml", &dev), ("out/prod/a.yaml", &prod)],
        &[("new/prod/a.yaml", &prod), ("new/dev/a.yaml", &dev)],
    );
    assert!(review.resources.is_empty());
}
