//! Placeholders that outputs of stacks fill.

use super::{validated, with};

const DANGLING: &str = "dangling-placeholder";

#[test]
fn a_placeholder_of_a_stack_that_is_not_there_is_told_where_all_is_rendered() {
    insta::assert_snapshot!(with(DANGLING, &[("${network.", "${entry.")]), @"web.yaml:5 error: there is no template `entry`, whose output `FirewallArn` is wanted");
    assert_eq!(validated(DANGLING, &[("${network.", "${entry.")]), "");
}

#[test]
fn an_output_that_is_not_there_is_told() {
    insta::assert_snapshot!(with(DANGLING, &[("${network.FirewallArn", "${network.Bucket")]), @"web.yaml:5 error: the template `network` has no output `Bucket`");
}

#[test]
fn a_placeholder_of_the_release_or_of_another_tool_is_silent() {
    for text in [
        "${image.digest}",
        "${FIREWALL}",
        "{{ .Values.firewall }}",
        "$(network.Firewall)",
        "${network.Firewall.Arn}",
    ] {
        assert_eq!(with(DANGLING, &[("${network.FirewallArn}", text)]), "", "{text}");
    }
}

#[test]
fn a_placeholder_of_another_tool_is_silent_for_whoever_validates() {
    assert_eq!(
        validated(DANGLING, &[("${network.FirewallArn}", "${network.zone}")]),
        ""
    );
}

#[test]
fn a_stack_is_told_that_is_nearly_one_whose_outputs_are_used() {
    let changes = [(
        "'${network.FirewallArn}'",
        "'${network.FirewallArn},${netwrok.FirewallArn}'",
    )];
    insta::assert_snapshot!(validated(DANGLING, &changes), @"web.yaml:5 warning: there is no template `netwrok`, whose output `FirewallArn` is wanted");
}

const MISMATCHED: &str = "mismatched-output";

#[test]
fn an_output_of_another_type_is_told() {
    let changes = [("Type: AWS::WAFv2::WebACL", "Type: AWS::S3::Bucket")];
    insta::assert_snapshot!(with(MISMATCHED, &changes), @"web.yaml:5 error: `FirewallArn` is of AWS::S3::Bucket, and AWS::WAFv2::WebACL is wanted");
}

#[test]
fn a_bucket_among_the_attributes_of_a_balancer_is_looked_at() {
    let attributes =
        "load-balancer-attributes: 'idle_timeout.timeout_seconds=60,access_logs.s3.bucket=${network.FirewallArn}'";
    let changes = [("wafv2-acl-arn: '${network.FirewallArn}'", attributes)];
    insta::assert_snapshot!(with(MISMATCHED, &changes), @"web.yaml:5 error: `FirewallArn` is of AWS::WAFv2::WebACL, and AWS::S3::Bucket is wanted");
}

#[test]
fn an_output_that_is_put_together_may_be_anything() {
    assert_eq!(
        with(
            MISMATCHED,
            &[("!GetAtt Firewall.Arn", "!Sub 'arn:aws:wafv2:${AWS::Region}'")]
        ),
        ""
    );
    assert_eq!(with(MISMATCHED, &[("!GetAtt Firewall.Arn", "!Ref AWS::Region")]), "");
}
