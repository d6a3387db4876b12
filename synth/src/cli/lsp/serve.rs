//! Reading what an editor says, and answering it.

use std::collections::BTreeSet;
use std::io::{self, BufRead, Write};
use std::sync::mpsc::{self, Receiver};
use std::thread;

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{Cancel, Exit, Notification as _};
use lsp_types::request::{Initialize, Request as _, Shutdown};
use lsp_types::{InitializeParams, NumberOrString};
use serde_json::json;

use super::answer;
use super::files::{Files, path};
use super::judge;
use crate::checks::Options;

/// How an editor went.
pub(in crate::cli) enum End {
    /// It said so before.
    Shutdown,
    /// It was gone.
    Lost,
}

/// Answers until the editor goes. What cannot be read is passed over, so that nothing of it ends the others.
pub(in crate::cli) fn serve(
    options: Options,
    reader: impl BufRead + Send + 'static,
    writer: &mut dyn Write,
) -> io::Result<End> {
    let mut server = Server {
        options,
        files: Files::default(),
        writer,
        state: State::New,
    };
    let received = receive(reader);
    while let Ok(first) = received.recv() {
        // All that has come meanwhile, so that nothing is done for a text that has changed again.
        let waiting: Vec<Message> = std::iter::once(first).chain(received.try_iter()).collect();
        let cancelled: BTreeSet<String> = waiting.iter().filter_map(cancelled).collect();
        for message in waiting {
            match message {
                Message::Request(request) => server.asked(request, &cancelled)?,
                Message::Notification(told) if told.method == Exit::METHOD => {
                    return Ok(if server.state == State::Shutdown {
                        End::Shutdown
                    } else {
                        End::Lost
                    });
                }
                Message::Notification(told) => server.told(told)?,
                Message::Response(_) => {}
            }
        }
        server.judge()?;
    }
    Ok(End::Lost)
}

/// What comes, until there is no more.
fn receive(mut reader: impl BufRead + Send + 'static) -> Receiver<Message> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        loop {
            match Message::read(&mut reader) {
                Ok(Some(message)) => {
                    if sender.send(message).is_err() {
                        return;
                    }
                }
                // A body that is no message; the next begins behind it.
                Err(error) if error.kind() == io::ErrorKind::InvalidData => {}
                Ok(None) | Err(_) => return,
            }
        }
    });
    receiver
}

/// What a message takes back.
fn cancelled(message: &Message) -> Option<String> {
    let Message::Notification(told) = message else {
        return None;
    };
    if told.method != Cancel::METHOD {
        return None;
    }
    let params: lsp_types::CancelParams = serde_json::from_value(told.params.clone()).ok()?;
    Some(match params.id {
        NumberOrString::Number(id) => RequestId::from(id).to_string(),
        NumberOrString::String(id) => RequestId::from(id).to_string(),
    })
}

#[derive(PartialEq)]
enum State {
    New,
    Running,
    Shutdown,
}

struct Server<'a> {
    options: Options,
    files: Files,
    writer: &'a mut dyn Write,
    state: State,
}

impl Server<'_> {
    fn send(&mut self, message: impl Into<Message>) -> io::Result<()> {
        message.into().write(&mut self.writer)
    }

    fn asked(&mut self, request: Request, cancelled: &BTreeSet<String>) -> io::Result<()> {
        let id = request.id.clone();
        let refuse = |code: ErrorCode, why: &str| Response::new_err(id.clone(), code as i32, why.to_owned());
        let response = match (&self.state, request.method.as_str()) {
            (State::New, Initialize::METHOD) => self.begin(request),
            (State::New, _) => refuse(ErrorCode::ServerNotInitialized, "initialize comes first"),
            (State::Shutdown, _) => refuse(ErrorCode::InvalidRequest, "the server was told to go"),
            (State::Running, Shutdown::METHOD) => {
                self.state = State::Shutdown;
                Response::new_ok(id, ())
            }
            (State::Running, _) if cancelled.contains(&id.to_string()) => {
                refuse(ErrorCode::RequestCanceled, "taken back")
            }
            (State::Running, _) => answer::to(&self.files, request),
        };
        self.send(response)
    }

    fn begin(&mut self, request: Request) -> Response {
        let Ok(params) = serde_json::from_value::<InitializeParams>(request.params) else {
            let why = "these are no parameters of initialize".to_owned();
            return Response::new_err(request.id, ErrorCode::InvalidParams as i32, why);
        };
        let folder = params.workspace_folders.into_iter().flatten().next();
        #[expect(deprecated, reason = "editors of before workspace folders give it")]
        let root = folder.map(|folder| folder.uri).or(params.root_uri);
        self.files.root = root.as_ref().map(path);
        self.state = State::Running;
        let info = json!({"name": "synth", "version": env!("CARGO_PKG_VERSION")});
        Response::new_ok(
            request.id,
            json!({"capabilities": answer::capabilities(), "serverInfo": info}),
        )
    }

    fn told(&mut self, told: Notification) -> io::Result<()> {
        use lsp_types::notification::{DidChangeTextDocument, DidCloseTextDocument, DidOpenTextDocument};
        use lsp_types::{DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams};
        match told.method.as_str() {
            DidOpenTextDocument::METHOD => {
                if let Ok(params) = serde_json::from_value::<DidOpenTextDocumentParams>(told.params) {
                    let it = params.text_document;
                    self.files.opened(it.uri, it.version, it.text);
                }
            }
            DidChangeTextDocument::METHOD => {
                if let Ok(params) = serde_json::from_value::<DidChangeTextDocumentParams>(told.params) {
                    let it = params.text_document;
                    self.files.changed(&it.uri, it.version, params.content_changes);
                }
            }
            DidCloseTextDocument::METHOD => {
                if let Ok(params) = serde_json::from_value::<DidCloseTextDocumentParams>(told.params)
                    && let Some(file) = self.files.open.remove(params.text_document.uri.as_str())
                {
                    self.send(judge::nothing(file.uri))?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Says anew what is wrong in what is open, if something of it changed.
    fn judge(&mut self) -> io::Result<()> {
        if !self.files.open.values().any(|file| file.changed) {
            return Ok(());
        }
        for message in judge::all(&self.files, &self.options) {
            self.send(message)?;
        }
        for file in self.files.open.values_mut() {
            file.changed = false;
        }
        Ok(())
    }
}
