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
