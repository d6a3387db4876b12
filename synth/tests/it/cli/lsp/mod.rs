//! What an editor is answered, by the program itself over its standard input and output.

mod lasts;
mod template;

use std::io::BufReader;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use lsp_server::{Message, Notification, Request};
use serde_json::{Value as Json, json};

use crate::files::Temp;

struct Editor {
    child: Child,
    says: ChildStdin,
    hears: BufReader<ChildStdout>,
    asked: i32,
}

const TEMPLATE: &str = "\
Parameters:
  Size:
    Type: Number
    Default: 20
    Description: In gigabytes
Conditions:
  Large: !Equals [!Ref Size, 100]
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      Engine: postgres
      AllocatedStorage: !Ref Size
      DBInstanceClass: db.t4g.micro
      ManageMasterUserPassword: true
      MasterUsername: admin1
      DeletionProtection: !If [Large, true, false]
  Address:
    Type: AWS::SSM::Parameter
    DependsOn: Database
    Properties:
      Type: String
      Value: !Sub 'é ${Database.Endpoint.Address}'
";

impl Editor {
    fn new(temp: &Temp) -> Self {
        let mut editor = Self::before_initialize(temp);
        let root = format!("file://{}", temp.path().display());
        let params = json!({"capabilities": {}, "workspaceFolders": [{"uri": root, "name": "here"}]});
        let answer = editor.ask("initialize", params);
        assert_eq!(answer["serverInfo"]["name"], "synth");
        editor.tell("initialized", json!({}));
        editor
    }

    fn before_initialize(temp: &Temp) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_synth"))
            .arg("lsp")
            .current_dir(temp.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        Self {
            says: child.stdin.take().unwrap(),
            hears: BufReader::new(child.stdout.take().unwrap()),
            child,
            asked: 0,
        }
    }

    fn tell(&mut self, method: &str, params: Json) {
        let told = Notification::new(method.to_owned(), params);
        Message::from(told).write(&mut self.says).unwrap();
    }

    fn send(&mut self, method: &str, params: Json) -> i32 {
        self.asked += 1;
        let request = Request::new(self.asked.into(), method.to_owned(), params);
        Message::from(request).write(&mut self.says).unwrap();
        self.asked
    }

    fn next(&mut self) -> Message {
        Message::read(&mut self.hears).unwrap().expect("the server is there")
    }

    /// The result of a request, or its error.
    fn ask(&mut self, method: &str, params: Json) -> Json {
        let asked = self.send(method, params);
        self.answer(asked)
    }

    fn answer(&mut self, asked: i32) -> Json {
        loop {
            if let Message::Response(response) = self.next()
                && response.id == asked.into()
            {
                let response = serde_json::to_value(response).unwrap();
                return response.get("result").or(response.get("error")).unwrap().clone();
            }
        }
    }

    /// What is said of a file next.
    fn diagnostics(&mut self, uri: &str) -> Vec<Json> {
        loop {
            if let Message::Notification(told) = self.next()
                && told.method == "textDocument/publishDiagnostics"
                && told.params["uri"] == uri
            {
                return told.params["diagnostics"].as_array().unwrap().clone();
            }
        }
    }

    fn open(&mut self, uri: &str, text: &str) -> Vec<Json> {
        let it = json!({"uri": uri, "languageId": "yaml", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": it}));
        self.diagnostics(uri)
    }

    /// Asks about the place behind a word of a text.
    fn at(&mut self, method: &str, uri: &str, text: &str, word: &str) -> Json {
        let (line, column) = place(text, word);
        let params = json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": column}, "context": {"includeDeclaration": true, "triggerKind": 1}});
        self.ask(method, params)
    }

    /// The labels of what can be written behind a word.
    fn complete(&mut self, uri: &str, text: &str, word: &str) -> Vec<String> {
        let answer = self.at("textDocument/completion", uri, text, word);
        let items = answer["items"].as_array().unwrap();
        items
            .iter()
            .map(|item| item["label"].as_str().unwrap().to_owned())
            .collect()
    }

    fn end(mut self) -> Option<i32> {
        assert_eq!(self.ask("shutdown", Json::Null), Json::Null);
        self.tell("exit", Json::Null);
        self.child.wait().unwrap().code()
    }
}

/// The line and the column behind a word, as editors count them.
fn place(text: &str, word: &str) -> (usize, usize) {
    let end = text.find(word).unwrap_or_else(|| panic!("{word} in {text}")) + word.len();
    let line = text[..end].rsplit('\n').next().unwrap();
    (text[..end].matches('\n').count(), line.encode_utf16().count())
}

fn uri(temp: &Temp, name: &str) -> String {
    format!("file://{}/{name}", temp.path().display())
}

#[test]
fn what_is_wrong_is_said_of_what_is_open_and_again_after_each_change() {
    let temp = Temp::new();
    let mut editor = Editor::new(&temp);
    let name = uri(&temp, "a%20b.yaml");
    let wrong = "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties: {é: 1, DelaySecond: 5}\n";
    let said = editor.open(&name, wrong);
    let said = said
        .iter()
        .find(|it| it["message"].as_str().unwrap().contains("DelaySecond"))
        .unwrap();
    assert_eq!(
        (&said["code"], &said["source"], &said["severity"]),
        (&json!("unknown-property"), &json!("synth"), &json!(1))
    );
    assert_eq!(said["range"]["start"], json!({"line": 3, "character": 23}));
    assert!(said["message"].as_str().unwrap().contains("DelaySeconds"), "{said}");

    let change = json!({"range": {"start": {"line": 3, "character": 17}, "end": {"line": 3, "character": 34}}, "text": "DelaySeconds"});
    let params = json!({"textDocument": {"uri": name, "version": 2}, "contentChanges": [change]});
    editor.tell("textDocument/didChange", params);
    assert_eq!(editor.diagnostics(&name), Vec::<Json>::new());

    editor.tell("textDocument/didClose", json!({"textDocument": {"uri": name}}));
    assert_eq!(editor.diagnostics(&name), Vec::<Json>::new());
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn manifests_workflows_and_modules_are_judged_by_their_own_rules_and_other_files_are_not() {
    let temp = Temp::new();
    let mut editor = Editor::new(&temp);
    let manifest = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {port: []}\n";
    let said = editor.open(&uri(&temp, "service.yaml"), manifest);
    assert!(said.iter().any(|it| it["code"] == "unknown-field"), "{said:?}");
    let workflow = "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps: [{uses: actions/checkout@v4}]\n";
    let said = editor.open(&uri(&temp, ".github/workflows/ci.yml"), workflow);
    assert!(said.iter().any(|it| it["code"] == "unpinned-action"), "{said:?}");
    assert_eq!(
        editor.open(&uri(&temp, "package.json"), "{\"name\": 1,"),
        Vec::<Json>::new()
    );
    assert_eq!(editor.end(), Some(0));
}
