//! A MariaDB server of a test's own, on loopback, in a folder that goes with it.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::template::{run, scratch, template, whoami};

/// The password of the user that migrates.
pub(crate) const MASTER_PASSWORD: &str = "master-hunter2";
/// The password of the application's user, with what needs quoting.
pub(crate) const PASSWORD: &str = r#"hunter2'"\`%;-- "#;

pub(crate) struct Server {
    folder: PathBuf,
    port: u16,
    options: Vec<String>,
    running: Option<Running>,
    /// Whether it has run before, so that its users exist.
    used: bool,
}

/// The server's process, under a shell that kills it when this process ends, however it ends.
struct Running {
    shell: Child,
    tie: ChildStdin,
}

/// Runs a program until it ends, or until whoever writes to this shell does; then the folder goes too.
const UNDER_THIS_PROCESS: &str = r#"
    exec 3<&0
    folder=$1
    shift
    "$@" & program=$!
    { read -r _ <&3; touch "$folder/over"; kill -9 $program; } & reader=$!
    wait $program
    kill $reader
    [ ! -e "$folder/over" ] || rm -rf "$folder""#;

impl Server {
    pub(crate) fn start() -> Self {
        Self::with(&[])
    }

    /// Starts a server with further options; it has the database `cars`.
    pub(crate) fn with(options: &[&str]) -> Self {
        let mut server = Self::stopped(options);
        server.resume();
        server
    }

    /// A server that is yet to be started, and has never been.
    pub(crate) fn stopped(options: &[&str]) -> Self {
        let folder = scratch();
        run(Command::new("cp").arg("-r").arg(template().join("data")).arg(&folder));
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        Self {
            folder,
            port,
            options: options.iter().map(ToString::to_string).collect(),
            running: None,
            used: false,
        }
    }

    /// Starts it, or starts it again over the same data, and waits until it answers.
    pub(crate) fn resume(&mut self) {
        let mut shell = self
            .command()
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let tie = shell.stdin.take().unwrap();
        self.running = Some(Running { shell, tie });
        self.wait_until_up();
        if !self.used {
            let users = format!(
                "CREATE USER master@'%' IDENTIFIED BY '{MASTER_PASSWORD}'; GRANT ALL ON *.* TO master@'%' WITH GRANT OPTION;
                 CREATE DATABASE cars"
            );
            self.sql(&users);
        }
        self.used = true;
    }

    /// What starts it, tied to this process.
    fn command(&self) -> Command {
        let files = template();
        let mut command = Command::new("sh");
        command
            .args(["-c", UNDER_THIS_PROCESS, "sh"])
            .arg(&self.folder)
            .arg("mariadbd");
        command.args([
            "--no-defaults",
            "--bind-address=127.0.0.1",
            "--skip-name-resolve",
            &whoami(),
        ]);
        command.args([
            "--innodb-log-file-size=16M",
            "--innodb-undo-tablespaces=2",
            "--innodb-buffer-pool-size=16M",
            "--performance-schema=OFF",
        ]);
        for (option, file) in [
            ("datadir", "data"),
            ("socket", "socket"),
            ("pid-file", "pid"),
            ("log-error", "log.err"),
        ] {
            command.arg(format!("--{option}={}", self.folder.join(file).display()));
        }
        for (option, file) in [
            ("ssl-ca", "ca.pem"),
            ("ssl-cert", "server.pem"),
            ("ssl-key", "server.key"),
        ] {
            command.arg(format!("--{option}={}", files.join(file).display()));
        }
        command.arg(format!("--port={}", self.port)).args(&self.options);
        command
    }

    fn wait_until_up(&mut self) {
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() || !self.pid_file().exists() {
            let ended = self.running.as_mut().unwrap().shell.try_wait().unwrap();
            let log = std::fs::read_to_string(self.folder.join("log.err")).unwrap_or_default();
            assert!(ended.is_none(), "the server did not start: {log}");
            sleep(Duration::from_millis(20));
        }
    }

    /// Other options from the next start on.
    pub(crate) fn set_options(&mut self, options: &[&str]) {
        self.options = options.iter().map(ToString::to_string).collect();
    }

    fn pid_file(&self) -> PathBuf {
        self.folder.join("pid")
    }

    /// Sends the server a signal and waits until it is gone.
    pub(crate) fn end(&mut self, signal: &str) {
        let Some(mut running) = self.running.take() else {
            return;
        };
        let pid = std::fs::read_to_string(self.pid_file()).unwrap();
        run(Command::new("kill").args([&format!("-{signal}"), pid.trim()]));
        while TcpStream::connect(("127.0.0.1", self.port)).is_ok() || is_alive(pid.trim()) {
            sleep(Duration::from_millis(10));
        }
        running.shell.wait().unwrap();
        drop(running.tie);
        // The next start writes it again, and is waited for.
        let _ = std::fs::remove_file(self.pid_file());
    }

    /// What the server answers to its administrator.
    pub(crate) fn sql(&self, statements: &str) -> String {
        run(self.client().arg(format!("--execute={statements}")))
    }

    /// Whether the server does it.
    pub(crate) fn try_sql(&self, statements: &str) -> bool {
        let mut command = self.client();
        let outcome = command
            .arg(format!("--execute={statements}"))
            .stderr(Stdio::null())
            .status();
        outcome.unwrap().success()
    }

    /// Does a statement in a transaction that stays open until the answer is dropped.
    pub(crate) fn hold(&self, statement: &str) -> Held {
        let mut command = self.client();
        let mut client = command
            .arg("--unbuffered")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let begin = format!("BEGIN; {statement}; SELECT 'held';\n");
        client.stdin.as_mut().unwrap().write_all(begin.as_bytes()).unwrap();
        let mut lines = BufReader::new(client.stdout.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap() == "held"));
        Held(client)
    }

    fn client(&self) -> Command {
        let mut command = Command::new("mariadb");
        let socket = format!("--socket={}", self.folder.join("socket").display());
        command.args(["--no-defaults", &socket, "-uroot", "-N", "-B"]);
        command
    }

    /// Flags for a program that is to use this server as the user that migrates.
    pub(crate) fn as_master(&self, database: &str) -> Vec<String> {
        self.flags(database, "master", MASTER_PASSWORD)
    }

    /// Flags for a program that is to use this server as the application's user.
    pub(crate) fn as_application(&self, database: &str) -> Vec<String> {
        self.flags(database, "app", PASSWORD)
    }

    fn flags(&self, database: &str, user: &str, password: &str) -> Vec<String> {
        let port = self.port.to_string();
        let authority = template().join("ca.pem").display().to_string();
        [
            ("--database-host", "127.0.0.1"),
            ("--database-port", &port),
            ("--database-name", database),
            ("--database-username", user),
            ("--database-password", password),
            ("--database-ca", &authority),
        ]
        .into_iter()
        .flat_map(|(flag, value)| [flag.to_owned(), value.to_owned()])
        .collect()
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }
}

/// A zombie is not alive: its shell reaps it later.
fn is_alive(pid: &str) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.contains(") Z "))
}

/// An open transaction.
pub(crate) struct Held(Child);

impl Drop for Held {
    fn drop(&mut self) {
        // The end of its input ends the client, and with it the transaction.
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut running) = self.running.take() {
            // The shell kills the server when it reads the end.
            let _ = running.tie.flush();
            drop(running.tie);
            let _ = running.shell.wait();
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
