//! The reader: one tree for JSON and YAML, positions, and limits.

use std::fmt::Write as _;

use synth::read::{self, Node, Step};

/// The tree without positions, in one line.
fn tree(text: &str) -> String {
    match read::document("t", text) {
        Ok(document) => document.root.to_value().to_string(),
        Err(error) => error.to_string(),
    }
}

/// The piece of the text that the node at a path covers.
fn quoted(text: &str, path: &[Step]) -> String {
    let document = read::document("t", text).unwrap();
    let at = document.root.at_path(path).map(|node: &Node| node.at).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let cut = |line: u32, from: u32, to: u32| -> String {
        let line = lines[line as usize - 1].chars();
        line.skip(from as usize - 1).take((to - from) as usize).collect()
    };
    if at.line == at.end_line {
        return cut(at.line, at.column, at.end_column);
    }
    format!(
        "{} .. {}",
        cut(at.line, at.column, 1000),
        cut(at.end_line, 1, at.end_column)
    )
}

fn keys(keys: &[&str]) -> Vec<Step> {
    keys.iter().map(|key| Step::from(*key)).collect()
}

#[test]
fn json_and_yaml_give_the_same_tree() {
    let yaml = "A:\n  B: [1, two, true]\n  C: !Sub 'x-${Y}'\n  D: !GetAtt a.b.c\n";
    let json = r#"{"A": {"B": [1, "two", true], "C": {"Fn::Sub": "x-${Y}"}, "D": {"Fn::GetAtt": ["a", "b.c"]}}}"#;
    assert_eq!(tree(yaml), tree(json));
}

#[test]
fn short_forms_nest() {
    insta::assert_snapshot!(
        tree("V: !If [Prod, !Join ['-', [!Ref A, b]], !Ref AWS::NoValue]\nW: !Not [!Condition X]\nX: !Cidr {a: 1}"),
        @r#"{"V":{"Fn::If":["Prod",{"Fn::Join":["-",[{"Ref":"A"},"b"]]},{"Ref":"AWS::NoValue"}]},"W":{"Fn::Not":[{"Condition":"X"}]},"X":{"Fn::Cidr":{"a":1}}}"#
    );
}

#[test]
fn scalars_have_the_types_of_yaml_one_point_one() {
    insta::assert_snapshot!(
        tree("[1, -2, 1.5, 010, 0x1f, 012345678901, 2012-10-17, yes, Off, ~, '1', 1.2.3, 1e3, 1.0e3, .inf]"),
        @r#"[1,-2,1.5,8,31,"012345678901","2012-10-17",true,false,null,"1","1.2.3","1e3",1000.0,".inf"]"#
    );
}

#[test]
fn anchors_and_merge_keys_are_expanded_and_own_keys_win() {
    insta::assert_snapshot!(
        tree("A: &a {x: 1, y: 2}\nB: {<<: *a, y: 3}\nC: *a\nD: {<<: [{z: 1}, *a], x: 0}"),
        @r#"{"A":{"x":1,"y":2},"B":{"y":3,"x":1},"C":{"x":1,"y":2},"D":{"x":0,"z":1,"y":2}}"#
    );
}

#[test]
fn block_strings_keep_their_line_breaks() {
    insta::assert_snapshot!(tree("A: |\n  one\n  two\nB: >-\n  one\n  two\n"), @r#"{"A":"one\ntwo\n","B":"one two"}"#);
}

#[test]
fn a_json_string_has_its_escapes_decoded() {
    insta::assert_snapshot!(tree(r#"{"a": "\u00e9\ud83d\ude00\n\ud800\/"}"#), @r#"{"a":"é😀\n�/"}"#);
}

#[test]
fn a_json_value_is_found_behind_characters_of_several_bytes() {
    let text = "{\"é\": \"ü\",\n \"b\": {\"ö\": [10, 20]}}";
    assert_eq!(quoted(text, &[Step::from("b"), Step::from("ö"), Step::from(1)]), "20");
}

#[test]
fn a_yaml_scalar_is_found() {
    assert_eq!(quoted("A:\n  B: 'é'\n  C: word # why\n", &keys(&["A", "C"])), "word");
}

#[test]
fn a_yaml_map_ends_with_its_last_value() {
    assert_eq!(quoted("A:\n  B: 1\n  C: 2\nD: 3\n", &keys(&["A"])), "B: 1 ..   C: 2");
}

#[test]
fn a_short_form_begins_with_its_tag() {
    assert_eq!(quoted("A: !Sub 'x'\n", &keys(&["A"])), "!Sub 'x'");
}

#[test]
fn a_short_form_over_a_block_begins_with_its_tag() {
    assert_eq!(
        quoted("A: !Join\n  - ','\n  - [a, b]\nB: 1\n", &keys(&["A"])),
        "!Join ..   - [a, b]"
    );
}

#[test]
fn duplicate_keys_are_named_with_both_places() {
    let document = read::document("t", "A: 1\nB: 2\nA: 3\n").unwrap();
    let found: Vec<_> = document
        .duplicates
        .iter()
        .map(|d| (d.key.as_str(), d.first.line, d.again.line))
        .collect();
    assert_eq!(found, [("A", 1, 3)]);
}

#[test]
fn the_last_of_two_equal_keys_counts() {
    assert_eq!(tree(r#"{"a": 1, "b": 2, "a": 3}"#), r#"{"b":2,"a":3}"#);
}

#[test]
fn a_missing_comma_is_named_with_its_place() {
    insta::assert_snapshot!(tree("{\n  \"a\": 1\n  \"b\": 2\n}"), @r#"t:3:3: expected `,` or `}`, found `"`"#);
}

#[test]
fn json_with_a_trailing_comma_is_read_as_yaml() {
    assert_eq!(tree("{\"a\": [1, 2,],}"), r#"{"a":[1,2]}"#);
}

#[test]
fn an_empty_file_says_so() {
    insta::assert_snapshot!(tree("# nothing\n"), @"t:2:1: file is empty; a template is a map");
}

#[test]
fn two_documents_are_one_too_many() {
    insta::assert_snapshot!(tree("a: 1\n---\nb: 2\n"), @"t:2:1: a second document begins; a template is one");
}

#[test]
fn deep_nesting_is_refused() {
    insta::assert_snapshot!(tree(&"[".repeat(100_000)), @"t:1:256: recursion limit exceeded");
}

#[test]
fn deep_nesting_in_json_is_refused() {
    insta::assert_snapshot!(tree(&"{\"a\":".repeat(100_000)), @"t:1:646: nested more than 128 levels deep");
}

#[test]
fn a_billion_laughs_are_refused() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let below = format!("*a{}, ", level - 1).repeat(10);
        writeln!(text, "a{level}: &a{level} [{below}]").unwrap();
    }
    insta::assert_snapshot!(tree(&text), @"t:6:15: more than 500000 values, anchors expanded");
}

#[test]
fn an_alias_inside_of_its_anchor_is_refused() {
    insta::assert_snapshot!(tree("a: &a [*a]\n"), @"t:1:8: alias stands inside of what it names");
}

#[test]
fn a_huge_file_is_refused() {
    insta::assert_snapshot!(tree(&" ".repeat(read::MAX_BYTES + 1)), @"t:1:1: file has 8388609 bytes; at most 8388608 are read");
}

#[test]
fn no_prefix_of_a_template_panics() {
    let texts = [
        "A: &x !Sub\n  - \"${a}é\"\n  - {a: !GetAtt b.c}\n? [k]\n: |\n  t\nB: {<<: *x}\n",
        r#"{"a": [1.5e3, "\ud83d\ude00", {"Fn::Sub": "é"}, true, null]}"#,
    ];
    for text in texts {
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            let _ = read::document("t", &text[..end]);
        }
    }
}
