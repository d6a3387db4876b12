//! For the services' own tests: starts a program, talks to its socket and signals it; calls a router
//! without a socket.

#![expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a test that meets an error should stop there"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;

use crate::front::Front;

/// A running service. It is killed with its test.
pub struct Service {
    child: Child,
    address: String,
    log: Arc<Mutex<String>>,
}

impl Service {
    /// Starts the program on a port that the system chooses, and waits until it listens.
    #[must_use]
    pub fn start(mut program: Command, arguments: &[&str]) -> Self {
        let mut child = program
            .args([
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--drain-delay",
                "0",
                "--log-format",
                "json",
            ])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok);
        let log = Arc::new(Mutex::new(String::new()));
        let ours = Arc::clone(&log);
        let keep = move |line: &String| ours.lock().unwrap().extend([line, "\n"]);
        let listening = lines
            .by_ref()
            .inspect(&keep)
            .find(|line| line.contains("\"listening\""));
        let listening: serde_json::Value = serde_json::from_str(&listening.unwrap()).unwrap();
        thread::spawn(move || lines.for_each(|line| keep(&line)));
        let address = listening["address"].as_str().unwrap().to_owned();
        Self { child, address, log }
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// A new connection to it.
    #[must_use]
    pub fn connect(&self) -> Connection {
        Connection::to(&self.address)
    }

    /// The answer to one request on a connection of its own.
    #[must_use]
    pub fn get(&self, path: &str) -> Reply {
        self.connect().get(path)
    }

    /// Sends it a signal, such as `TERM`.
    pub fn signal(&self, name: &str) {
        let command = format!("kill -{name} {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &command]).status().unwrap().success());
    }

    /// Waits until a request for a path is answered with a text in it.
    pub fn wait_for(&self, path: &str, text: &str) {
        while !self.get(path).text.contains(text) {
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// What it has logged so far.
    #[must_use]
    pub fn logged(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Waits until the log holds a text.
    pub fn wait_for_log(&self, text: &str) {
        while !self.log.lock().unwrap().contains(text) {
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until it ends.
    pub fn wait(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have ended already, as it should.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What came back: the head with the status line, and the body.
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The head, with the status line.
    pub head: String,
    /// The body.
    pub text: String,
}

/// A connection that speaks just enough HTTP.
pub struct Connection(TcpStream);

impl Connection {
    /// Connects to an address.
    #[must_use]
    pub fn to(address: &str) -> Self {
        Self::try_to(address).unwrap()
    }

    /// Connects to an address where perhaps nobody listens.
    ///
    /// # Errors
    ///
    /// If nobody does.
    pub fn try_to(address: &str) -> std::io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self(stream))
    }

    /// Sends anything.
    ///
    /// # Errors
    ///
    /// If the other side is gone.
    pub fn send(&mut self, bytes: &str) -> std::io::Result<()> {
        self.0.write_all(bytes.as_bytes())
    }

    /// The answer to one request.
    pub fn get(&mut self, path: &str) -> Reply {
        self.send(&format!("GET {path} HTTP/1.1\r\nhost: a\r\n\r\n")).unwrap();
        self.reply().unwrap()
    }

    /// Starts a request and keeps the last byte of its body, `}`, back.
    pub fn post_but_the_end(&mut self, path: &str) {
        let head =
            format!("POST {path} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{{");
        self.send(&head).unwrap();
    }

    /// Reads one answer, or nothing if the connection ends before it.
    pub fn reply(&mut self) -> Option<Reply> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            if !matches!(self.0.read(&mut byte), Ok(1)) {
                return None;
            }
            head.push(byte[0]);
        }
        let head = String::from_utf8(head).unwrap();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
        self.0.read_exact(&mut body).ok()?;
        Some(Reply {
            status: head.split(' ').nth(1)?.parse().ok()?,
            head,
            text: String::from_utf8(body).unwrap(),
        })
    }

    /// Waits until the other side closes.
    #[must_use]
    pub fn closes(&mut self) -> bool {
        let mut rest = Vec::new();
        // A reset is a close as well.
        self.0.read_to_end(&mut rest).is_err() || rest.is_empty()
    }
}

/// What a router answers.
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The head.
    pub headers: HeaderMap,
    /// The body.
    pub text: String,
}

impl Answer {
    /// The body as JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// The value of a header, or nothing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// Calls a service without a socket.
pub async fn call(front: &Front, request: Request<Body>) -> Answer {
    let (parts, body) = front.handle(request).await.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Answer {
        status: parts.status,
        headers: parts.headers,
        text: String::from_utf8(bytes.to_vec()).unwrap(),
    }
}
