//! The one helper that knows how to start the program, talk to its socket and signal it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A running service. It is killed with its test.
pub(crate) struct Service {
    child: Child,
    address: String,
    log: Arc<Mutex<String>>,
}

impl Service {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_predictor"))
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
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let listening = lines.find(|line| line.contains("\"listening\"")).unwrap();
        let listening: serde_json::Value = serde_json::from_str(&listening).unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let ours = Arc::clone(&log);
        thread::spawn(move || {
            for line in lines {
                ours.lock().unwrap().push_str(&(line + "\n"));
            }
        });
        let address = listening["address"].as_str().unwrap().to_owned();
        Self { child, address, log }
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn connect(&self) -> Connection {
        Connection::to(&self.address)
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        self.connect().get(path)
    }

    pub(crate) fn signal(&self, name: &str) {
        let command = format!("kill -{name} {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &command]).status().unwrap().success());
    }

    /// Waits until a request for a path is answered with a text in it.
    pub(crate) fn wait_for(&self, path: &str, text: &str) {
        while !self.get(path).text.contains(text) {
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until the log holds a text.
    pub(crate) fn wait_for_log(&self, text: &str) {
        while !self.log.lock().unwrap().contains(text) {
            thread::sleep(Duration::from_millis(5));
        }
    }

    pub(crate) fn wait(&mut self) -> ExitStatus {
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
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) text: String,
}

/// A connection that speaks just enough HTTP.
pub(crate) struct Connection(TcpStream);

impl Connection {
    pub(crate) fn to(address: &str) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Self(stream)
    }

    pub(crate) fn send(&mut self, bytes: &str) -> std::io::Result<()> {
        self.0.write_all(bytes.as_bytes())
    }

    pub(crate) fn get(&mut self, path: &str) -> Reply {
        self.send(&format!("GET {path} HTTP/1.1\r\nhost: a\r\n\r\n")).unwrap();
        self.reply().unwrap()
    }

    /// Starts a request to predict and keeps the last byte of its body, `}`, back.
    pub(crate) fn post_but_the_end(&mut self) {
        let head = "POST /predict HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{";
        self.send(head).unwrap();
    }

    /// Reads one answer, or nothing if the connection ends before it.
    pub(crate) fn reply(&mut self) -> Option<Reply> {
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
    pub(crate) fn closes(&mut self) -> bool {
        let mut rest = Vec::new();
        // A reset is a close as well.
        self.0.read_to_end(&mut rest).is_err() || rest.is_empty()
    }
}
