//! Clients that are slow, broken or too many, over a real socket.

use std::thread::sleep;
use std::time::Duration;

use crate::process::start;

#[test]
fn half_a_head_is_closed_after_its_time() {
    let service = start(&["--header-timeout", "0.2"]);
    let mut client = service.connect();
    client.send("GET /predict HTTP/1.1\r\nhos").unwrap();
    assert!(client.closes());
}

#[test]
fn a_connection_that_says_nothing_is_closed_after_the_time_of_a_head() {
    let service = start(&["--header-timeout", "0.2"]);
    assert!(service.connect().closes());
}

#[test]
fn a_dripped_head_is_closed_although_bytes_keep_coming() {
    let service = start(&["--header-timeout", "0.3"]);
    let mut client = service.connect();
    client.send("GET /predict HTTP/1.1\r\nx: ").unwrap();
    while client.send("a").is_ok() {
        sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_dripped_second_head_is_closed_as_well() {
    let service = start(&["--header-timeout", "0.3"]);
    let mut client = service.connect();
    assert_eq!(client.get("/predict").status, 200);
    client.send("GET /predict HTTP/1.1\r\nx: ").unwrap();
    while client.send("a").is_ok() {
        sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_body_that_does_not_arrive_is_answered_408() {
    let service = start(&["--body-timeout", "0.2"]);
    let mut client = service.connect();
    client.post_but_the_end("/predict");
    let reply = client.reply().unwrap();
    assert_eq!(reply.status, 408);
    assert!(
        reply.head.contains("content-type: application/problem+json\r\n"),
        "{}",
        reply.head
    );
}

#[test]
fn an_idle_connection_outlives_the_time_of_a_head() {
    let service = start(&["--header-timeout", "0.1", "--idle-timeout", "60"]);
    let mut client = service.connect();
    assert_eq!(client.get("/predict").status, 200);
    sleep(Duration::from_millis(400));
    assert_eq!(client.get("/predict").status, 200);
}

#[test]
fn an_idle_connection_is_closed_after_its_own_time() {
    let service = start(&["--header-timeout", "0.1", "--idle-timeout", "0.2"]);
    let mut client = service.connect();
    assert_eq!(client.get("/predict").status, 200);
    assert!(client.closes());
}

#[test]
fn what_is_not_http_is_answered_400_and_closed() {
    let service = start(&[]);
    let mut client = service.connect();
    client.send("\u{16}\u{3}\u{1} not http\r\n\r\n").unwrap();
    assert_eq!(client.reply().map(|reply| reply.status), Some(400));
    assert!(client.closes());
}

#[test]
fn requests_over_the_limit_are_shed_whatever_connection_they_come_by_and_probes_are_not() {
    let service = start(&["--max-in-flight", "1"]);
    let mut slow = service.connect();
    slow.post_but_the_end("/predict");
    service.wait_for("/metrics", "http_server_active_requests 2\n");
    let shed = service.get("/predict");
    assert_eq!(shed.status, 503);
    assert!(shed.head.contains("retry-after: 1\r\n"), "{}", shed.head);
    assert_eq!(service.get("/health").status, 200);
    slow.send("}").unwrap();
    assert_eq!(slow.reply().map(|reply| reply.status), Some(422));
    assert_eq!(service.get("/predict").status, 200);
    service.wait_for("/metrics", "http_server_shed_total 1\n");
}

#[test]
fn connections_over_the_limit_are_refused_with_503() {
    let service = start(&["--max-connections", "1"]);
    let mut first = service.connect();
    assert_eq!(first.get("/predict").status, 200);
    let mut second = service.connect();
    assert_eq!(second.reply().map(|reply| reply.status), Some(503));
    assert!(second.closes());
    assert_eq!(first.get("/predict").status, 200);
}

#[test]
fn a_client_that_leaves_is_counted_and_frees_its_place() {
    let service = start(&["--max-in-flight", "1"]);
    let mut leaving = service.connect();
    leaving.post_but_the_end("/predict");
    service.wait_for("/metrics", "http_server_active_requests 2\n");
    drop(leaving);
    service.wait_for("/metrics", "http_server_active_requests 1\n");
    assert_eq!(service.get("/predict").status, 200);
}
