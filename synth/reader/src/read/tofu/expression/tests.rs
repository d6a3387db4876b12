use super::{Fault, Step, is_literal, names};

fn found(text: &str) -> Vec<String> {
    let words = names(text).expect("a template");
    let step = |step: &Step<'_>| match step {
        Step::Key(key) => format!(".{key}"),
        Step::Index => "[]".to_owned(),
    };
    let line = |name: &super::Name<'_>| name.root.to_owned() + &name.steps.iter().map(step).collect::<String>();
    words.iter().map(line).collect()
}

#[test]
fn names_are_found_wherever_an_expression_may_stand() {
    assert_eq!(found("a ${var.x} b ${local.y}"), ["var.x", "local.y"]);
    assert_eq!(found("${a_b.c[0].d[\"e\"].f}"), ["a_b.c[].d[].f"]);
    assert_eq!(found("${a_b.c.*.id} ${a_b.c[*].id}"), ["a_b.c[].id", "a_b.c[].id"]);
    assert_eq!(found("${f(\"x-${var.a}\", { k = var.b })}"), ["var.a", "var.b"]);
    assert_eq!(found("%{ if var.a }x%{ endif }"), ["var.a"]);
    assert_eq!(found("${a_b.c[var.i].id}"), ["a_b.c", "var.i"]);
}

#[test]
fn what_is_escaped_is_no_expression() {
    assert!(is_literal("$${var.x} %%{ if } 100% $5"));
    assert_eq!(found("$${var.x}"), [""; 0]);
    assert_eq!(found("${\"$${var.x}\"}"), [""; 0]);
}

#[test]
fn what_a_for_goes_through_is_no_name_of_the_module() {
    assert_eq!(
        found("${[for a_b, c_d in var.all : \"${a_b.x}${c_d.y}\"]}"),
        ["var.all"]
    );
}

#[test]
fn what_does_not_end_is_a_fault() {
    assert_eq!(names("${var.x"), Err(Fault::Unclosed));
    assert_eq!(names("${f(\"x)}"), Err(Fault::Unquoted));
    assert_eq!(names("${{"), Err(Fault::Unclosed));
}
