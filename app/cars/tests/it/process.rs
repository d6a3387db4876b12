//! The program itself, over a real socket and a SQLite file.

use std::path::PathBuf;
use std::process::Command;

use service::testing::Service;

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_cars"))
}

/// A file for a database that is removed with its test.
struct File(PathBuf);

impl File {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("cars-{name}-{}.sqlite", std::process::id())))
    }

    fn url(&self) -> String {
        format!("sqlite:{}", self.0.display())
    }
}

impl Drop for File {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm"] {
            // What was never made need not be removed.
            let _ = std::fs::remove_file(format!("{}{end}", self.0.display()));
        }
    }
}

fn post(service: &Service, year: u32) -> u16 {
    let body = format!(r#"{{"brand":"a","model":"b","year":{year}}}"#);
    let head = format!(
        "host: a\r\ncontent-type: application/json\r\ncontent-length: {}",
        body.len()
    );
    let mut client = service.connect();
    client
        .send(&format!("POST /cars HTTP/1.1\r\n{head}\r\n\r\n{body}"))
        .unwrap();
    client.reply().unwrap().status
}

#[test]
fn what_was_acknowledged_outlives_the_killed_service() {
    let file = File::new("killed");
    for round in 1..=3 {
        let service = Service::start(program(), &["--database-url", &file.url()]);
        (0..20).for_each(|_| assert_eq!(post(&service, 2000 + round), 201));
        service.signal("KILL");
    }
    let service = Service::start(program(), &["--database-url", &file.url()]);
    assert_eq!(service.get("/cars?limit=1000").text.matches("\"id\"").count(), 60);
}

#[test]
fn the_first_run_needs_nothing() {
    let service = Service::start(program(), &[]);
    assert_eq!(service.get("/readyz").status, 200);
    assert_eq!(post(&service, 2018), 201);
    assert_eq!(
        service.get("/cars/1").text,
        r#"{"brand":"a","id":1,"model":"b","year":2018}"#
    );
}

#[test]
fn a_database_in_memory_keeps_its_cars_when_clients_leave() {
    let service = Service::start(program(), &[]);
    assert_eq!(post(&service, 2018), 201);
    for _ in 0..50 {
        let mut leaving = service.connect();
        leaving.send("GET /cars HTTP/1.1\r\nhost: a\r\n\r\n").unwrap();
    }
    assert_eq!(service.get("/cars/1").status, 200);
}

#[test]
fn the_default_port_is_the_systems() {
    let help = program().arg("--help").output().unwrap();
    assert!(String::from_utf8(help.stdout).unwrap().contains("[default: 5000]"));
}

#[test]
fn help_and_errors_do_not_show_the_password_of_the_environment() {
    for arguments in [&["--help"][..], &["--port", "x"], &["--database-tls", "maybe"], &[]] {
        let output = program()
            .args(arguments)
            .env("DATABASE_PASSWORD", "hunter2")
            .env("DATABASE_URL", "mysql://root:hunter2@[::1/cars")
            .output()
            .unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[test]
fn a_database_that_cannot_be_opened_is_waited_for() {
    let service = Service::start(program(), &["--database-url", "sqlite:/nowhere/cars.sqlite"]);
    let answer = service.get("/cars");
    assert_eq!((answer.status, answer.head.contains("retry-after: 1")), (503, true));
    assert_eq!(
        (service.get("/readyz").status, service.get("/health").status),
        (503, 200)
    );
}

#[test]
fn migrations_of_a_file_can_be_repeated_and_refuse_users() {
    let file = File::new("migrated");
    let migrate = |user: &[&str]| {
        let mut command = program();
        command.args(["--database-url", &file.url(), "migrate"]).args(user);
        command.output().unwrap()
    };
    assert!(migrate(&[]).status.success());
    assert!(migrate(&[]).status.success());
    let refused = migrate(&["--application-username", "app", "--application-password", "x"]);
    let error = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(
        (refused.status.code(), error.contains("SQLite has no users")),
        (Some(1), true),
        "{error}"
    );
}
