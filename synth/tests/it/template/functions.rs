//! Each intrinsic function.

use std::collections::BTreeMap;

use insta::assert_snapshot;
use synth::template::{Conditions, Document, Node, Operator, Statement, ToNode, Value, pseudo, sub};

use super::{id, json, shown, template, thing};

#[test]
fn what_ref_gives_is_a_ref() {
    assert_snapshot!(shown(|known| known.vpc.id()), @r#"{"Ref":"Vpc"}"#);
}

#[test]
fn an_attribute_is_a_get_att() {
    let shown = shown(|known| known.vpc.default_security_group());
    assert_snapshot!(shown, @r#"{"Fn::GetAtt":["Vpc","DefaultSecurityGroup"]}"#);
}

#[test]
fn a_parameter_is_a_ref() {
    assert_snapshot!(shown(|known| known.count.clone()), @r#"{"Ref":"Count"}"#);
}

#[test]
fn a_pseudo_parameter_is_a_ref() {
    assert_snapshot!(shown(|_| pseudo::region()), @r#"{"Ref":"AWS::Region"}"#);
}

#[test]
fn a_text_with_values_is_a_sub() {
    let shown = shown(|known| {
        sub(
            "${vpc}/${n} in ${AWS::Region}",
            &[("vpc", &known.vpc.id()), ("n", &known.count)],
        )
    });
    assert_snapshot!(shown, @r#"{"Fn::Sub":"${Vpc}/${Count} in ${AWS::Region}"}"#);
}

#[test]
fn a_sub_of_plain_texts_and_numbers_is_a_text() {
    let shown = shown(|_| sub("${a}-${b}", &[("a", &"x"), ("b", &7_i64)]));
    assert_snapshot!(shown, @r#""x-7""#);
}

#[test]
fn a_dollar_brace_that_is_no_variable_is_escaped_in_a_sub() {
    let shown = shown(|_| sub("${AWS::Region} ${text}", &[("text", &"${HOME}")]));
    assert_snapshot!(shown, @r#"{"Fn::Sub":"${AWS::Region} ${!HOME}"}"#);
}

#[test]
fn a_dollar_brace_outside_of_a_sub_is_left_alone() {
    assert_snapshot!(shown(|_| sub("${HOME}", &[])), @r#""${HOME}""#);
}

#[test]
fn an_unknown_variable_of_a_sub_is_shown_and_not_guessed() {
    assert_snapshot!(shown(|_| sub("${AWS::Region} ${Vcp}", &[])), @r#"{"Fn::Sub":"${AWS::Region} ${!Vcp}"}"#);
}

#[test]
fn a_brace_that_is_never_closed_is_text() {
    assert_snapshot!(shown(|_| sub("a ${b", &[])), @r#""a ${b""#);
}

#[test]
fn a_sub_inside_a_sub_is_one() {
    let shown = shown(|known| {
        let inner = sub("${n}!", &[("n", &known.count)]);
        sub("<${inner}>", &[("inner", &inner)])
    });
    assert_snapshot!(shown, @r#"{"Fn::Sub":"<${Count}!>"}"#);
}

#[test]
fn a_function_inside_a_sub_is_a_variable_beside_it() {
    let shown = shown(|known| {
        let first = Value::select(0, &Value::split(",", &known.count));
        sub("${first} and ${text}", &[("first", &first), ("text", &"more")])
    });
    assert_snapshot!(shown, @r#"{"Fn::Sub":["${Value} and more",{"Value":{"Fn::Select":[0,{"Fn::Split":[",",{"Ref":"Count"}]}]}}]}"#);
}

#[test]
fn two_functions_inside_a_sub_have_two_names() {
    let shown = shown(|known| {
        let pieces = Value::split(",", &known.count);
        let (a, b) = (Value::select(0, &pieces), Value::select(1, &pieces));
        sub("${a}${b}${a}", &[("a", &a), ("b", &b)])
    });
    assert!(
        shown.starts_with(r#"{"Fn::Sub":["${Value}${Value2}${Value}",{"Value":"#),
        "{shown}"
    );
}

#[test]
fn items_are_joined() {
    let shown = shown(|known| Value::join(",", &Value::from([known.vpc.id().text(), "b".into()])));
    assert_snapshot!(shown, @r#"{"Fn::Join":[",",[{"Ref":"Vpc"},"b"]]}"#);
}

#[test]
fn an_item_is_selected_and_a_text_split() {
    let shown = shown(|known| Value::select(2, &Value::split("/", &known.count)));
    assert_snapshot!(shown, @r#"{"Fn::Select":[2,{"Fn::Split":["/",{"Ref":"Count"}]}]}"#);
}

#[test]
fn a_condition_chooses() {
    let shown = shown(|known| Value::<i64>::either(&known.always, 2, 0));
    assert_snapshot!(shown, @r#"{"Fn::If":["Always",2,0]}"#);
}

#[test]
fn a_condition_leaves_a_property_out() {
    let shown = shown(|known| Value::<i64>::unless(&known.always, 2));
    assert_snapshot!(shown, @r#"{"Fn::If":["Always",{"Ref":"AWS::NoValue"},2]}"#);
}

#[test]
fn a_condition_lets_a_property_be() {
    let shown = shown(|known| Value::<i64>::only(&known.always, 2));
    assert_snapshot!(shown, @r#"{"Fn::If":["Always",2,{"Ref":"AWS::NoValue"}]}"#);
}

#[test]
fn an_export_of_another_system_is_imported_by_its_name() {
    let shown = shown(|_| Value::<String>::import(&sub("${AWS::StackName}-base", &[])));
    assert_snapshot!(shown, @r#"{"Fn::ImportValue":{"Fn::Sub":"${AWS::StackName}-base"}}"#);
}

#[test]
fn a_table_is_looked_up() {
    let mut template = template("here");
    let row = BTreeMap::from([("size".to_owned(), "small".to_owned())]);
    let sizes = template
        .mapping("Sizes", BTreeMap::from([("eu-west-1".to_owned(), row)]))
        .unwrap();
    let found = sizes.find(&pseudo::region(), &"size".into());
    template.add(id("thing"), &thing(&found)).unwrap();
    let json = json(template);
    assert_snapshot!(json["Mappings"], @r#"{"Sizes":{"eu-west-1":{"size":"small"}}}"#);
    assert_snapshot!(json["Resources"]["Thing"]["Properties"]["It"], @r#"{"Fn::FindInMap":["Sizes",{"Ref":"AWS::Region"},"size"]}"#);
}

#[test]
fn a_zone_is_one_of_the_regions() {
    let shown = shown(|_| Value::select(1, &Value::availability_zones()));
    assert_snapshot!(shown, @r#"{"Fn::Select":[1,{"Fn::GetAZs":""}]}"#);
}

#[test]
fn a_block_is_cut() {
    let shown = shown(|known| Value::cidr(&known.count, 6, 8));
    assert_snapshot!(shown, @r#"{"Fn::Cidr":[{"Ref":"Count"},6,8]}"#);
}

#[test]
fn a_text_is_base64() {
    assert_snapshot!(shown(|known| Value::base64(&known.count)), @r#"{"Fn::Base64":{"Ref":"Count"}}"#);
}

#[test]
fn a_parameter_of_the_store_is_a_dynamic_reference() {
    assert_snapshot!(shown(|_| Value::from_ssm("/a/b")), @r#""{{resolve:ssm:/a/b}}""#);
}

#[test]
fn a_key_of_a_secret_is_a_dynamic_reference() {
    let shown = shown(|_| Value::from_secret("db", "password"));
    assert_snapshot!(shown, @r#""{{resolve:secretsmanager:db:SecretString:password}}""#);
}

#[test]
fn a_whole_number_has_no_fraction() {
    assert_snapshot!(shown(|_| Value::from([80.0, 0.5])), @"[80,0.5]");
}

#[test]
fn a_document_in_a_text_keeps_its_functions() {
    let shown = shown(|known| {
        let quoted = sub("say \"${n}\"", &[("n", &known.count)]).to_node();
        let document = [
            ("id", known.vpc.id().to_node()),
            ("text", quoted),
            ("n", 3_i64.to_node()),
        ];
        Node::map(document).stringify()
    });
    assert_snapshot!(shown, @r#"{"Fn::Sub":"{\"id\":\"${Vpc}\",\"text\":\"say \\\"${Count}\\\"\",\"n\":3}"}"#);
}

#[test]
fn a_null_of_plain_json_removes_the_property() {
    let node = Node::from_json(&serde_json::json!({ "a": null, "b": [1, 1.5] }));
    assert_snapshot!(shown(|_| Value::<Node>::from(node)), @r#"{"a":{"Ref":"AWS::NoValue"},"b":[1,1.5]}"#);
}

#[test]
fn a_policy_as_a_text_takes_values_where_no_function_stands() {
    let shown = shown(|known| {
        let issuer = Value::<String>::select(1, &Value::split("/", &known.vpc.id().text()));
        let conditions = Conditions::none().and(Operator::StringEquals, "${issuer}:sub", pseudo::region());
        let statement = Statement::allow("Pods", ["sts:AssumeRole"], vec![]).when(conditions);
        Document::new([statement]).text(&[("issuer", &issuer)])
    });
    assert_snapshot!(shown, @r#"{"Fn::Sub":["{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Pods\",\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Condition\":{\"StringEquals\":{\"${VpcPart}:sub\":\"${AWS::Region}\"}}}]}",{"VpcPart":{"Fn::Select":[1,{"Fn::Split":["/",{"Ref":"Vpc"}]}]}}]}"#);
}
