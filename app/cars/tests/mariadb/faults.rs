//! Real faults under real load: what was acknowledged is found, and nothing twice.

use std::collections::BTreeSet;

use crate::clients::{Clients, Done, Manner};
use crate::server::Server;
use crate::{migrate, serve};

/// No request may have to wait for these: were one to wait, the test would not end.
const PATIENT: [&str; 6] = [
    "--database-acquire-timeout",
    "3600",
    "--database-statement-timeout",
    "3600",
    "--request-timeout",
    "3600",
];

fn started() -> Server {
    let server = Server::start();
    migrate(&server, "cars");
    server
}

fn ids(server: &Server) -> BTreeSet<u64> {
    let rows = server.sql("SELECT id FROM cars.cars");
    rows.lines().map(|id| id.parse().unwrap()).collect()
}

fn assert_all_found(done: &Done, server: &Server) {
    let lost: Vec<_> = done.ids.difference(&ids(server)).copied().collect();
    assert_eq!((lost, done.doubled), (vec![], 0));
}

#[test]
fn a_database_that_comes_later_is_waited_for() {
    let mut server = Server::stopped(&[]);
    let service = serve(&server, &[]);
    assert_eq!(
        (service.get("/readyz").status, service.get("/livez").status),
        (503, 200)
    );
    let away = service.get("/cars");
    assert_eq!((away.status, away.head.contains("retry-after: 1")), (503, true));
    server.resume();
    migrate(&server, "cars");
    service.wait_for("/readyz", "\"ready\"");
    assert_eq!(service.get("/cars").text, "[]");
}

#[test]
fn no_request_waits_for_a_database_that_is_away() {
    let mut server = started();
    let service = serve(&server, &PATIENT);
    assert_eq!(service.get("/cars").status, 200);
    server.end("TERM");
    service.wait_for("/readyz", "waits for what it depends on");
    for _ in 0..200 {
        assert_eq!(service.get("/cars").status, 503);
    }
    assert_eq!(service.get("/health").status, 200);
    server.resume();
    service.wait_for("/readyz", "\"ready\"");
    assert_eq!(service.get("/cars").status, 200);
}

#[test]
fn a_database_stopped_under_load_loses_nothing_that_was_acknowledged() {
    let mut server = started();
    let service = serve(&server, &[]);
    let clients = Clients::start(service.address(), 8, Manner::Once);
    for _ in 0..2 {
        clients.wait_for_more(100);
        server.end("TERM");
        service.wait_for("/readyz", "waits");
        server.resume();
    }
    clients.wait_for_more(100);
    let done = clients.finish();
    assert!(done.refused > 0);
    assert_all_found(&done, &server);
}

#[test]
fn a_database_killed_under_load_loses_nothing_and_doubles_nothing() {
    let mut server = started();
    let service = serve(&server, &[]);
    let clients = Clients::start(service.address(), 8, Manner::UntilAcknowledged);
    for _ in 0..3 {
        clients.wait_for_more(100);
        server.end("KILL");
        server.resume();
    }
    clients.wait_for_more(100);
    let done = clients.finish();
    // Each client repeated each request until it was acknowledged: as many rows as requests.
    assert_eq!(ids(&server), done.ids);
    assert_eq!(done.doubled, 0);
}

#[test]
fn a_service_killed_under_load_loses_nothing_and_doubles_nothing() {
    let server = started();
    let mut service = serve(&server, &[]);
    let clients = Clients::start(service.address(), 8, Manner::UntilAcknowledged);
    for _ in 0..3 {
        clients.wait_for_more(100);
        service.signal("KILL");
        service = serve(&server, &[]);
        clients.redirect(service.address());
    }
    clients.wait_for_more(100);
    let done = clients.finish();
    assert_eq!(ids(&server), done.ids);
    assert_eq!(done.doubled, 0);
}

#[test]
fn connections_cut_under_load_cost_no_car_and_no_doubles() {
    let server = started();
    let service = serve(&server, &[]);
    let clients = Clients::start(service.address(), 8, Manner::UntilAcknowledged);
    for _ in 0..10 {
        clients.wait_for_more(20);
        server.sql("KILL USER app");
    }
    clients.wait_for_more(100);
    let done = clients.finish();
    assert_eq!(ids(&server), done.ids);
    assert_eq!(done.doubled, 0);
}

#[test]
fn connections_cut_while_idle_cost_no_reader_an_answer() {
    let server = started();
    let service = serve(&server, &[]);
    for _ in 0..10 {
        assert_eq!(service.get("/cars").status, 200);
        server.sql("KILL USER app");
        let answer = service.get("/cars");
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
}

#[test]
fn a_full_database_refuses_and_loses_nothing() {
    // One file of fixed size for all tables: it fills like a small disk.
    let mut server = Server::with(&["--innodb-file-per-table=0", "--innodb-data-file-path=ibdata1:12M"]);
    migrate(&server, "cars");
    server.sql("CREATE TABLE cars.filling (filling VARCHAR(8000)) CHARACTER SET ascii");
    let service = serve(&server, &[]);
    let clients = Clients::start(service.address(), 4, Manner::Once);
    clients.wait_for_more(50);
    let fill = "INSERT INTO cars.filling VALUES (REPEAT('x', 7000));";
    assert!(
        !server.try_sql(&fill.repeat(2000)),
        "the server has more room than it should"
    );
    while service.get("/metrics").text.contains("fault=\"full\"} 0\n") {
        std::thread::yield_now();
    }
    assert_eq!((service.get("/readyz").status, service.get("/cars").status), (200, 200));
    server.end("TERM");
    server.set_options(&[
        "--innodb-file-per-table=0",
        "--innodb-data-file-path=ibdata1:12M;ibdata2:12M",
    ]);
    server.resume();
    clients.wait_for_more(50);
    let done = clients.finish();
    assert!(done.refused > 0);
    assert_all_found(&done, &server);
}

#[test]
fn a_statement_that_waits_too_long_is_given_up() {
    let server = started();
    let service = serve(&server, &["--database-statement-timeout", "1"]);
    server.sql("INSERT INTO cars.cars (brand, model, year) VALUES ('a', 'b', 2018)");
    let holder = server.hold("SELECT * FROM cars.cars WHERE id = 1 FOR UPDATE");
    let mut client = service.connect();
    client.send("DELETE /cars/1 HTTP/1.1\r\nhost: a\r\n\r\n").unwrap();
    assert_eq!(client.reply().unwrap().status, 503);
    assert_eq!(client.get("/cars/1").status, 200);
    drop(holder);
    client.send("DELETE /cars/1 HTTP/1.1\r\nhost: a\r\n\r\n").unwrap();
    assert_eq!(client.reply().unwrap().status, 204);
}
