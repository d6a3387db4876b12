//! What ends the server and what does not.

use std::io::Write;

use serde_json::json;

use super::{Editor, uri};
use crate::files::Temp;

#[test]
fn nothing_that_an_editor_says_ends_the_server() {
    let temp = Temp::new();
    let mut editor = Editor::before_initialize(&temp);
    assert_eq!(editor.ask("textDocument/hover", json!({}))["code"], -32002);
    editor
        .says
        .write_all(b"Nonsense\r\n\r\nContent-Length: 3\r\n\r\n{[}")
        .unwrap();
    assert_eq!(editor.ask("initialize", json!(3))["code"], -32602);
    assert!(editor.ask("initialize", json!({"capabilities": {}}))["capabilities"].is_object());
    assert_eq!(editor.ask("textDocument/rename", json!({}))["code"], -32601);
    assert_eq!(
        editor.ask("textDocument/hover", json!({"position": -1}))["code"],
        -32602
    );
    editor.tell("textDocument/didChange", json!({"textDocument": 1}));
    let name = uri(&temp, "a.yaml");
    for text in [
        "Resources: {A: {Type: AWS::SQS::Queue, Properties: {",
        "\u{0}",
        "Resources:\n  A: &a [*a]\n",
        "- ${\n",
        "",
    ] {
        editor.open(&name, text);
        for method in ["hover", "completion", "definition", "references", "documentSymbol"] {
            let position = json!({"line": 7, "character": 90});
            let params = json!({"textDocument": {"uri": name}, "position": position, "context": {"includeDeclaration": false, "triggerKind": 1}});
            assert_eq!(
                editor.ask(&format!("textDocument/{method}"), params).get("code"),
                None,
                "{method} of {text:?}"
            );
        }
    }
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn what_is_taken_back_before_its_turn_is_not_answered() {
    let temp = Temp::new();
    let mut editor = Editor::new(&temp);
    // Enough to judge that the rest has come before it is done.
    let many: Vec<String> = (0..3000)
        .map(|at| format!("  Q{at}:\n    Type: AWS::SQS::Queue\n"))
        .collect();
    let many = many.concat();
    let name = uri(&temp, "a.yaml");
    let it = json!({"uri": name, "languageId": "yaml", "version": 1, "text": format!("Resources:\n{many}")});
    editor.tell("textDocument/didOpen", json!({"textDocument": it}));
    let params = json!({"textDocument": {"uri": name}, "position": {"line": 1, "character": 3}});
    let asked = editor.send("textDocument/hover", params);
    editor.tell("$/cancelRequest", json!({"id": asked}));
    assert_eq!(editor.answer(asked)["code"], -32800);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn an_editor_that_is_gone_ends_the_server() {
    let temp = Temp::new();
    let mut editor = Editor::new(&temp);
    drop(editor.says);
    assert_eq!(editor.child.wait().unwrap().code(), Some(1));
}
