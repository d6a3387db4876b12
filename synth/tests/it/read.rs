//! The reader: one tree for JSON and YAML, positions, and limits.

use std::fmt::Write as _;

use synth::read::{self, Node, Step};

/// The tree without positions, in one line.
pub(crate) fn tree(text: &str) -> String {
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

#[test]
fn numbers_with_a_sign_keep_it() {
    insta::assert_snapshot!(tree("[-010, -0x1f, +7, -1.5, +1.5, 0x, 0x-1, .5, -.5]"), @r#"[-8,-31,7,-1.5,1.5,"0x","0x-1",0.5,-0.5]"#);
}

#[test]
fn a_yaml_number_of_too_many_digits_is_a_name() {
    insta::assert_snapshot!(tree("[123456789012345678901234567890, 18446744073709551615]"), @r#"["123456789012345678901234567890",18446744073709551615]"#);
}

#[test]
fn times_and_other_numbers_of_old_yaml_are_text() {
    insta::assert_snapshot!(tree("[22:22, 1_000, 0b11, 0o17, 2010-09-09, 2010-09-09T00:00:00Z, =, .nan, y, n]"),
        @r#"["22:22","1_000","0b11","0o17","2010-09-09","2010-09-09T00:00:00Z","=",".nan","y","n"]"#);
}

#[test]
fn a_byte_order_mark_and_carriage_returns_move_nothing() {
    let text = "\u{feff}A:\r\n  B: x\r\n  C: word\r\n";
    let document = read::bytes("t", text.as_bytes()).unwrap();
    let at = document.root.dig(&["A", "C"]).unwrap().at;
    assert_eq!((at.line, at.column, at.end_column), (3, 6, 10));
    assert_eq!(document.root.to_value().to_string(), r#"{"A":{"B":"x","C":"word"}}"#);
}

#[test]
fn a_block_string_of_a_file_with_carriage_returns_has_plain_line_breaks() {
    insta::assert_snapshot!(tree("A: |\r\n  one\r\n  two\r\n"), @r#"{"A":"one\ntwo\n"}"#);
}

#[test]
fn json_with_carriage_returns_counts_lines_once() {
    insta::assert_snapshot!(tree("{\r\n\"a\": 1,\r\n\"b\": x\r\n}"), @r#"{"a":1,"b":"x"}"#);
    assert_eq!(quoted("{\r\n\"a\": 1,\r\n\"b\": 2\r\n}", &keys(&["b"])), "2");
}

#[test]
fn bytes_that_are_no_text_are_named_with_their_place() {
    let error = read::bytes("t", b"A:\n  B: caf\xe9\n").unwrap_err().to_string();
    insta::assert_snapshot!(error, @"t:2:9: byte 0xe9 is no UTF-8; save the file as UTF-8");
}

#[test]
fn a_file_of_two_byte_characters_says_so() {
    let error = read::bytes("t", b"\xff\xfeA\0:\0").unwrap_err().to_string();
    insta::assert_snapshot!(error, @"t:1:1: file is UTF-16; save it as UTF-8");
}

#[test]
fn json_has_no_comments() {
    insta::assert_snapshot!(tree("{\n  // why\n  \"a\": 1\n}"), @"t:2:3: expected a key in double quotes, found a comment, of which JSON has none");
    insta::assert_snapshot!(tree("{\n  \"a\": 1, /* why */\n  \"b\": 2\n}"), @"t:2:11: expected a key in double quotes, found a comment, of which JSON has none");
}

#[test]
fn an_indentation_of_tabs_is_refused() {
    insta::assert_snapshot!(tree("A:\n\tB: 1\n"), @"t:2:2: tabs disallowed within this context (block indentation)");
}

#[test]
fn json_indented_with_tabs_may_have_a_trailing_comma() {
    insta::assert_snapshot!(tree("{\n\t\"a\": [\n\t\t1,\n\t],\n}"), @r#"{"a":[1]}"#);
}

#[test]
fn keys_are_names_whatever_they_look_like() {
    insta::assert_snapshot!(tree("8080: a\nyes: b\n2012-10-17: c\n~: d\n012: e\n"), @r#"{"8080":"a","yes":"b","2012-10-17":"c","~":"d","012":"e"}"#);
}

#[test]
fn strings_over_several_lines_are_folded() {
    insta::assert_snapshot!(tree("A: one\n  two\n\n  three\nB: \"one\n  two\\\n  three\"\nC: >\n  one\n  two\n\n  three\nD: |2\n    x\n   y\nE: |+\n  z\n\n"),
        @r#"{"A":"one two\nthree","B":"one twothree","C":"one two\nthree\n","D":"  x\n y\n","E":"z\n\n"}"#);
}

#[test]
fn a_tag_stands_before_a_function_of_any_kind() {
    insta::assert_snapshot!(tree("A: !Base64\n  Fn::Sub: x\nB: !Transform {Name: AWS::Include, Parameters: {Location: x}}\nC: !GetAtt [a, b]\nD: !Sub [\"${x}\", {x: !Ref y}]\nE: !Ref 123\nF: !!str 12\nG: ! z\nH: !Select\n  - 0\n  - !GetAZs ''\n"),
        @r#"{"A":{"Fn::Base64":{"Fn::Sub":"x"}},"B":{"Fn::Transform":{"Name":"AWS::Include","Parameters":{"Location":"x"}}},"C":{"Fn::GetAtt":["a","b"]},"D":{"Fn::Sub":["${x}",{"x":{"Ref":"y"}}]},"E":{"Ref":"123"},"F":"12","G":"z","H":{"Fn::Select":[0,{"Fn::GetAZs":""}]}}"#);
}

#[test]
fn an_alias_may_be_a_key_or_stand_for_a_short_form() {
    insta::assert_snapshot!(tree("A: &name x\nB: {*name : 1}\nC: &ref !Ref x\nD: [*ref, *ref]\n"), @r#"{"A":"x","B":{"x":1},"C":{"Ref":"x"},"D":[{"Ref":"x"},{"Ref":"x"}]}"#);
}

#[test]
fn an_empty_document_is_null() {
    insta::assert_snapshot!(tree("---\n"), @"null");
    insta::assert_snapshot!(tree(""), @"t:1:1: file is empty; a template is a map");
    insta::assert_snapshot!(tree("---\na: 1\n...\n"), @r#"{"a":1}"#);
}

#[test]
fn json_of_too_many_values_is_refused() {
    insta::assert_snapshot!(tree(&format!("{{\"a\": [{}0]}}", "0,".repeat(read::MAX_NODES))), @"t:1:1000004: more than 500000 values");
}
