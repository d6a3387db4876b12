use std::fmt::Write;

use super::found;

fn topics(number: usize, padding: usize) -> String {
    let mut text = "Resources:\n".to_owned();
    for at in 0..number {
        writeln!(text, "  T{at}: {{Type: 'AWS::SNS::Topic'}} #{}", "x".repeat(padding)).unwrap();
    }
    text
}

#[test]
fn passed_limit_counts_resources() {
    insta::assert_snapshot!(found("passed-limit", &topics(501, 0)), @"1:1 501 resources; the most is 500");
}

#[test]
fn passed_limit_warns_before_the_template_needs_a_bucket() {
    insta::assert_snapshot!(found("passed-limit", &topics(500, 60)), @"1:1 the template has 47901 bytes of the 51200 that deploy without a bucket");
}

#[test]
fn passed_limit_is_silent_below() {
    insta::assert_snapshot!(found("passed-limit", &topics(500, 0)), @"");
}
