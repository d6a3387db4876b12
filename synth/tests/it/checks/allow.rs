use super::found;

fn template(reason: &str) -> String {
    format!("Metadata: {{synth: {{allow: {{duplicate-key: '{reason}'}}}}}}\nA: 1\nA: 2\n")
}

#[test]
fn a_rule_is_silenced_with_a_reason() {
    assert_eq!(found("duplicate-key", &template("it is a test")), "");
}

#[test]
fn a_rule_is_not_silenced_without_a_reason() {
    assert_eq!(
        found("duplicate-key", &template(" ")),
        "3:1 `A` stands here again; line 2 has it first\n"
    );
}

#[test]
fn a_rule_is_silenced_by_the_name_that_it_had_and_that_name_is_known() {
    let text =
        "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n    Properties: {RedrivePolicy: {maxReceiveCount: 3}}\n";
    assert!(!found("missing-property", text).is_empty());
    let allowing = format!("Metadata: {{synth: {{allow: {{missing-part: a test}}}}}}\n{text}");
    assert_eq!(found("missing-property", &allowing), "");
    assert_eq!(found("idle-allowance", &allowing), "");
}

#[test]
fn what_another_rule_told_once_stays_allowed() {
    let text = "Resources:\n  A: {Type: AWS::SNS::Subscription, Properties: {Protocol: pager}}\n";
    assert!(!found("refused-word", text).is_empty());
    let allowing = format!("Metadata: {{synth: {{allow: {{refused-setting: a test}}}}}}\n{text}");
    assert_eq!(found("refused-word", &allowing), "");
}
