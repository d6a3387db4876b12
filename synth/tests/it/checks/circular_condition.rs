use super::found;

#[test]
fn circular_condition_names_all_in_the_circle() {
    let said = found(
        "circular-condition",
        r"
Conditions:
  A: !Not [!Condition B]
  B: {'Fn::And': [!Condition A, !Condition C]}
  C: !Equals [a, b]
",
    );
    insta::assert_snapshot!(said, @"
    3:3 the condition `A` is decided by itself
    4:3 the condition `B` is decided by itself
    ");
}

#[test]
fn circular_condition_is_silent_about_a_chain() {
    let said = found(
        "circular-condition",
        r"
Conditions:
  A: !Not [!Condition B]
  B: {'Fn::And': [!Condition C, !Condition C]}
  C: !Equals [a, b]
",
    );
    insta::assert_snapshot!(said, @"");
}
