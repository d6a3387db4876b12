use super::found;

fn topics(number: usize, padding: usize) -> String {
    let line = |at| format!("  T{at}: {{Type: 'AWS::SNS::Topic'}} #{}", "x".repeat(padding));
    let lines: Vec<String> = (0..number).map(line).collect();
    format!("Resources:\n{}", lines.join("\n"))
}

#[test]
fn passed_limit_counts_resources() {
    insta::assert_snapshot!(found("passed-limit", &topics(501, 0)), @"1:1 501 resources; the most is 500");
}

#[test]
fn passed_limit_warns_before_the_template_needs_a_bucket() {
    insta::assert_snapshot!(found("passed-limit", &topics(500, 60)), @"1:1 the template has 47900 bytes of the 51200 that deploy without a bucket");
}

#[test]
fn passed_limit_is_silent_below() {
    insta::assert_snapshot!(found("passed-limit", &topics(500, 0)), @"");
}
