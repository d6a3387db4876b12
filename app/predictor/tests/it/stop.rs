//! How the service starts and stops, over a real socket and with real signals.

use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::process::{Connection, start};

#[test]
fn a_request_in_flight_finishes_after_sigterm() {
    let mut service = start(&[]);
    let mut slow = service.connect();
    slow.post_but_the_end("/predict");
    service.wait_for("/metrics", "http_server_active_requests 2\n");
    service.signal("TERM");
    service.wait_for_log("\"draining\"");
    slow.send("}").unwrap();
    assert_eq!(slow.reply().map(|reply| reply.status), Some(422));
    assert!(slow.closes());
    assert_eq!(service.wait().code(), Some(0));
}

#[test]
fn the_service_is_not_ready_but_serves_during_the_drain_delay() {
    let service = start(&["--drain-delay", "60"]);
    let mut client = service.connect();
    assert_eq!(client.get("/readyz").status, 200);
    service.signal("TERM");
    service.wait_for("/readyz", "draining");
    assert_eq!(client.get("/predict").status, 200);
    assert_eq!(client.get("/health").status, 200);
    assert_eq!(service.get("/v2/health/ready").status, 503);
}

#[test]
fn half_a_head_and_half_a_body_do_not_keep_the_service_from_stopping() {
    let mut service = start(&["--header-timeout", "600", "--drain-timeout", "0.2"]);
    let mut head = service.connect();
    head.send("GET / HT").unwrap();
    let mut body = service.connect();
    body.post_but_the_end("/predict");
    service.wait_for("/metrics", "http_server_active_requests 2\n");
    service.signal("TERM");
    assert_eq!(service.wait().code(), Some(0));
}

#[test]
fn an_idle_connection_does_not_keep_the_service_from_stopping() {
    let mut service = start(&["--drain-timeout", "600"]);
    let mut idle = service.connect();
    assert_eq!(idle.get("/predict").status, 200);
    service.signal("TERM");
    assert_eq!(service.wait().code(), Some(0));
}

#[test]
fn a_second_signal_ends_the_service_at_once() {
    let mut service = start(&["--drain-delay", "600"]);
    service.signal("TERM");
    service.wait_for_log("\"draining\"");
    service.signal("TERM");
    assert_eq!(service.wait().code(), Some(1));
}

#[test]
fn settings_are_not_read_again_and_sighup_says_so() {
    let service = start(&[]);
    service.signal("HUP");
    service.wait_for_log("settings are read at start only");
    assert_eq!(service.get("/predict").status, 200);
}

#[test]
fn the_last_log_lines_are_written_before_the_service_ends() {
    let mut service = start(&[]);
    let mut client = service.connect();
    (0..100).for_each(|_| assert_eq!(client.get("/predict").status, 200));
    service.signal("INT");
    assert_eq!(service.wait().code(), Some(0));
    service.wait_for_log("\"stopped\"");
}

#[test]
fn the_log_holds_the_trace_and_neither_path_nor_query() {
    let service = start(&[]);
    let trace = "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let mut client = service.connect();
    client
        .send(&format!(
            "GET /patients/jane?name=doe HTTP/1.1\r\nhost: a\r\n{trace}\r\n\r\n"
        ))
        .unwrap();
    assert_eq!(client.reply().map(|reply| reply.status), Some(404));
    service.wait_for_log("\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"parent_id\":\"00f067aa0ba902b7\"");
    service.wait_for_log("\"route\":\"\",\"status\":404");
}

#[test]
fn an_address_in_use_is_an_error_with_its_name() {
    let service = start(&[]);
    let port = service.address().rsplit(':').next().unwrap();
    let second = Command::new(env!("CARGO_BIN_EXE_predictor"))
        .args(["--host", "127.0.0.1", "--port", port])
        .output()
        .unwrap();
    let error = String::from_utf8(second.stderr).unwrap();
    assert_eq!(second.status.code(), Some(1));
    assert!(
        error.starts_with(&format!("error: cannot listen on 127.0.0.1:{port}: ")),
        "{error}"
    );
}

#[test]
fn healthcheck_tells_a_running_service_from_none() {
    let mut service = start(&[]);
    let port = service.address().rsplit(':').next().unwrap().to_owned();
    let check = || {
        Command::new(env!("CARGO_BIN_EXE_predictor"))
            .args(["--port", &port, "healthcheck"])
            .output()
            .unwrap()
    };
    assert!(check().status.success());
    service.signal("INT");
    service.wait();
    assert_eq!(check().status.code(), Some(1));
}

/// A load balancer in small: clients ask it where to go before each request.
#[derive(Clone)]
struct Balancer {
    target: Arc<Mutex<String>>,
    answered: Arc<AtomicU32>,
    stop: Arc<AtomicBool>,
}

impl Balancer {
    /// Sends requests over kept connections until told to stop; returns how many failed.
    fn load(&self) -> u32 {
        let mut at = String::new();
        let mut connection = None;
        let mut failed = 0;
        while !self.stop.load(Ordering::Relaxed) {
            let target = self.target.lock().unwrap().clone();
            if target != at || connection.is_none() {
                connection = Some(Connection::to(&target));
                at = target;
            }
            let sent = connection.as_mut().unwrap();
            let reply = sent
                .send("GET /predict HTTP/1.1\r\nhost: a\r\n\r\n")
                .ok()
                .and_then(|()| sent.reply());
            match reply {
                Some(reply) if reply.status == 200 => {
                    self.answered.fetch_add(1, Ordering::Relaxed);
                    if reply.head.contains("connection: close") {
                        connection = None;
                    }
                }
                _ => {
                    failed += 1;
                    connection = None;
                }
            }
        }
        failed
    }

    fn wait_for_more(&self, requests: u32) {
        let enough = self.answered.load(Ordering::Relaxed) + requests;
        while self.answered.load(Ordering::Relaxed) < enough {
            thread::yield_now();
        }
    }
}

#[test]
fn a_rolling_restart_under_load_fails_no_request() {
    let mut old = start(&["--drain-delay", "0.5", "--log-level", "info"]);
    let balancer = Balancer {
        target: Arc::new(Mutex::new(old.address().to_owned())),
        answered: Arc::default(),
        stop: Arc::default(),
    };
    let clients: Vec<_> = (0..4)
        .map(|_| {
            let balancer = balancer.clone();
            thread::spawn(move || balancer.load())
        })
        .collect();
    balancer.wait_for_more(500);
    let new = start(&[]);
    old.signal("TERM");
    old.wait_for("/readyz", "draining");
    new.address().clone_into(&mut balancer.target.lock().unwrap());
    assert_eq!(old.wait().code(), Some(0));
    balancer.wait_for_more(500);
    balancer.stop.store(true, Ordering::Relaxed);
    let failed: u32 = clients.into_iter().map(|client| client.join().unwrap()).sum();
    assert_eq!(failed, 0);
}
