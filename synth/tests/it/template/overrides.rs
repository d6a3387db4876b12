//! Properties that a user sets past the model.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};
use synth::template::{Change, Error, Node, Override, Template, ToNode, link, pseudo};

use super::{Thing, id, template};

/// `It` with something of every kind in it.
fn start() -> Template {
    let mut template = template("here");
    let it = Node::map([
        ("text", "a".to_node()),
        ("list", Node::list(["x", "y"])),
        ("deep", Node::map([("value", 1_i64.to_node())])),
        ("function", pseudo::region().to_node()),
    ]);
    template.add(id("thing"), &Thing(it)).unwrap();
    template
}

fn set(path: &str, value: Json) -> Result<Json, Error> {
    let mut template = start();
    template.set(Override {
        resource: "Thing".into(),
        change: Change::Set(path.into(), value),
        reason: "because".into(),
    });
    Ok(link(&[template])?[0].template["Resources"]["Thing"].clone())
}

fn shown(path: &str, value: Json) -> String {
    set(path, value).unwrap()["Properties"].to_string()
}

fn refused(path: &str, value: Json) -> String {
    set(path, value).unwrap_err().to_string()
}

#[test]
fn a_new_property_is_set() {
    assert_snapshot!(shown("New", json!(1)), @r#"{"It":{"text":"a","list":["x","y"],"deep":{"value":1},"function":{"Ref":"AWS::Region"}},"New":1}"#);
}

#[test]
fn a_property_is_replaced() {
    assert_snapshot!(shown("It", json!({ "Ref": "AWS::Region" })), @r#"{"It":{"Ref":"AWS::Region"}}"#);
}

#[test]
fn a_nested_property_is_set() {
    assert_snapshot!(shown("It.deep.value", json!(2)), @r#"{"It":{"text":"a","list":["x","y"],"deep":{"value":2},"function":{"Ref":"AWS::Region"}}}"#);
}

#[test]
fn what_is_on_the_way_is_made() {
    assert_snapshot!(shown("It.new.value", json!(2)), @r#"{"It":{"text":"a","list":["x","y"],"deep":{"value":1},"function":{"Ref":"AWS::Region"},"new":{"value":2}}}"#);
}

#[test]
fn an_item_of_a_list_is_replaced() {
    assert_snapshot!(shown("It.list.1", json!("z")), @r#"{"It":{"text":"a","list":["x","z"],"deep":{"value":1},"function":{"Ref":"AWS::Region"}}}"#);
}

fn append(path: &str, item: Json) -> Result<Json, Error> {
    let mut template = start();
    template.set(Override::append("Thing", path, item, "because"));
    Ok(link(&[template])?[0].template["Resources"]["Thing"].clone())
}

#[test]
fn an_item_is_added_to_a_list_and_its_reason_stands_under_its_index() {
    let thing = append("It.list", json!("z")).unwrap();
    assert_snapshot!(json!([thing["Properties"]["It"]["list"], thing["Metadata"]]), @r#"[["x","y","z"],{"synth":{"set":{"It.list.2":"because"}}}]"#);
}

#[test]
fn a_list_that_is_not_there_is_made() {
    assert_eq!(append("New", json!(1)).unwrap()["Properties"]["New"], json!([1]));
}

#[test]
fn an_item_for_what_is_no_list_is_refused() {
    assert_snapshot!(append("It.text", json!(1)).unwrap_err(), @"here: override of `Thing` at `It.text`: `text` is not a list to add to");
}

#[test]
fn something_that_is_after_nothing_is_refused() {
    let mut template = start();
    template.set(Override::new("Thing", Change::After(vec!["Nothing".into()]), "because"));
    assert_snapshot!(link(&[template]).unwrap_err(), @"here: override of `Nothing`, which is not in this stack; it has Thing");
}

#[test]
fn null_removes_a_property() {
    assert_snapshot!(shown("It.deep", json!(null)), @r#"{"It":{"text":"a","list":["x","y"],"function":{"Ref":"AWS::Region"}}}"#);
}

#[test]
fn null_removes_an_item() {
    assert_snapshot!(shown("It.list.0", json!(null)), @r#"{"It":{"text":"a","list":["y"],"deep":{"value":1},"function":{"Ref":"AWS::Region"}}}"#);
}

#[test]
fn a_null_inside_a_value_is_left_out() {
    assert_snapshot!(shown("It", json!({ "a": null, "b": [null, 1] })), @r#"{"It":{"b":[1]}}"#);
}

#[test]
fn the_reason_stands_in_the_metadata() {
    let resource = set("It.deep.value", json!(2)).unwrap();
    assert_snapshot!(resource["Metadata"], @r#"{"synth":{"set":{"It.deep.value":"because"}}}"#);
}

#[test]
fn an_unknown_resource_is_refused_with_those_that_there_are() {
    let mut template = start();
    template.set(Override::set("Thin", "It", json!(1), "because"));
    assert_snapshot!(link(&[template]).unwrap_err(), @"here: override of `Thin`, which is not in this stack; it has Thing");
}

#[test]
fn an_index_past_the_end_is_refused() {
    assert_snapshot!(refused("It.list.2", json!(1)), @"here: override of `Thing` at `It.list.2`: `2` is not an index of a list of 2");
}

#[test]
fn a_key_of_a_list_is_refused() {
    assert_snapshot!(refused("It.list.x", json!(1)), @"here: override of `Thing` at `It.list.x`: `x` is not an index of a list of 2");
}

#[test]
fn a_place_inside_a_text_is_refused() {
    assert_snapshot!(refused("It.text.more", json!(1)), @"here: override of `Thing` at `It.text.more`: `more` would stand inside a plain value");
}

#[test]
fn a_place_inside_a_function_is_refused() {
    assert_snapshot!(refused("It.function.more", json!(1)), @"here: override of `Thing` at `It.function.more`: `more` would stand inside a function");
}

#[test]
fn an_empty_path_is_refused() {
    assert_snapshot!(refused("", json!(1)), @"here: override of `Thing` at ``: a path is keys and indexes with dots between them");
}

#[test]
fn an_empty_key_is_refused() {
    assert!(refused("It..x", json!(1)).ends_with("a path is keys and indexes with dots between them"));
}

#[test]
fn removing_what_is_not_there_is_refused() {
    assert_snapshot!(refused("It.dep", json!(null)), @"here: override of `Thing` at `It.dep`: there is no `dep` to remove");
}

#[test]
fn a_note_on_an_unknown_resource_is_refused() {
    let error = start().note("Thin", "key", Node::Bool(true)).unwrap_err();
    assert_snapshot!(error, @"here: override of `Thin`, which is not in this stack; it has Thing");
}

#[test]
fn a_resource_without_properties_gets_some() {
    let mut template = template("here");
    template.add(id("topic"), &synth::aws::sns::Topic::new()).unwrap();
    template.set(Override::set("Topic", "TopicName", json!("alerts"), "because"));
    let properties = link(&[template]).unwrap()[0].template["Resources"]["Topic"]["Properties"].clone();
    assert_eq!(properties["TopicName"], "alerts");
}
