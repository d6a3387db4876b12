//! Brackets and quotes that go on too far to the left, as libyaml and those after it read them.

use synth::read::{self, Step};

use crate::read::tree;

#[test]
fn a_bracket_may_close_as_far_to_the_left_as_its_key_or_further() {
    insta::assert_snapshot!(tree("A:\n  B: [{\n    c: 1\n  }]\n  D: {\n  e: 2\n}\n  F: 3\n"), @r#"{"A":{"B":[{"c":1}],"D":{"e":2},"F":3}}"#);
    insta::assert_snapshot!(tree("A:\n  - - {b: [1,\n 2], c: !Sub [x,\n{}\n ]}\n    - 3\n"), @r#"{"A":[[{"b":[1,2],"c":{"Fn::Sub":["x",{}]}},3]]}"#);
}

#[test]
fn a_quoted_text_may_go_on_as_far_to_the_left_as_its_key_or_further() {
    insta::assert_snapshot!(tree("A:\n  B: 'it''s [one\n  line'\n  C: \"a \\\"\n \\\n b # c\"\n"), @r#"{"A":{"B":"it's [one line","C":"a \" b # c"}}"#);
}

#[test]
fn what_only_looks_like_an_open_bracket_moves_nothing() {
    let text = "A:\n  B: a [b\n  C: | # {\n    {[\n    '\n  D: x # [\n  E: &f !Ref G\n  H: {i: 'j\n k'}\n  L: a\n";
    insta::assert_snapshot!(tree(text), @r#"{"A":{"B":"a [b","C":"{[\n'\n","D":"x","E":{"Ref":"G"},"H":{"i":"j k"},"L":"a"}}"#);
}

#[test]
fn what_is_found_there_stands_where_it_is_written() {
    let text = "A:\n  B: {\n é: [1,\n xyz]\n}\n";
    let document = read::document("t", text).unwrap();
    let path = [Step::from("A"), "B".into(), "é".into(), 1.into()];
    let at = document.root.at_path(&path).unwrap().at;
    assert_eq!((at.line, at.column, at.end_column), (4, 2, 5));
}

#[test]
fn a_text_that_no_reader_takes_is_refused_where_it_is_wrong() {
    let each = [
        "A:\n  B: [1,\n  2\nC: 3\n",
        "A:\n  B: 'x\n  y\n",
        "A:\n    B: 1\n  C: 2\n",
    ]
    .map(tree);
    insta::assert_snapshot!(each.join("\n"), @"
    t:3:3: invalid indentation in flow construct
    t:2:6: invalid indentation in quoted scalar
    t:3:3: while parsing a block mapping, did not find expected key
    ");
}
