//! Clients that add cars until they are told to stop, and remember what was acknowledged.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use service::testing::{Connection, Reply};

/// Clients that work at the same time.
pub(crate) struct Clients {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<Done>>,
}

struct Shared {
    address: Mutex<String>,
    stop: AtomicBool,
    acknowledged: AtomicUsize,
}

/// What a client has done.
#[derive(Default)]
pub(crate) struct Done {
    /// The ids of cars whose addition was acknowledged.
    pub(crate) ids: BTreeSet<u64>,
    /// How often an id was acknowledged for two different keys.
    pub(crate) doubled: usize,
    /// How many requests were not acknowledged.
    pub(crate) refused: usize,
}

/// Whether clients name their requests and repeat them until they are acknowledged.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    Once,
    UntilAcknowledged,
}

impl Clients {
    pub(crate) fn start(address: &str, count: usize, manner: Manner) -> Self {
        let shared = Arc::new(Shared {
            address: Mutex::new(address.to_owned()),
            stop: AtomicBool::new(false),
            acknowledged: AtomicUsize::new(0),
        });
        let threads = (0..count)
            .map(|number| {
                let shared = Arc::clone(&shared);
                thread::spawn(move || shared.add_cars(number, manner))
            })
            .collect();
        Self { shared, threads }
    }

    /// Sends the clients to another service.
    pub(crate) fn redirect(&self, address: &str) {
        address.clone_into(&mut self.shared.address.lock().unwrap());
    }

    /// Waits until so many more cars are acknowledged.
    pub(crate) fn wait_for_more(&self, cars: usize) {
        let enough = self.shared.acknowledged.load(Ordering::Relaxed) + cars;
        while self.shared.acknowledged.load(Ordering::Relaxed) < enough {
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Lets each client end its request, and says what all of them did.
    pub(crate) fn finish(self) -> Done {
        self.shared.stop.store(true, Ordering::Relaxed);
        let mut all = Done::default();
        for thread in self.threads {
            let done = thread.join().unwrap();
            all.doubled += done.doubled + done.ids.intersection(&all.ids).count();
            all.refused += done.refused;
            all.ids.extend(done.ids);
        }
        all
    }
}

impl Shared {
    fn add_cars(&self, client: usize, manner: Manner) -> Done {
        let mut done = Done::default();
        let mut connection = None;
        for number in 0.. {
            let key = format!("client-{client}-{number}");
            let key = (manner == Manner::UntilAcknowledged).then_some(key);
            loop {
                // A client that repeats stops only between two cars: it wants to know.
                if self.stop.load(Ordering::Relaxed) && (manner == Manner::Once || connection.is_none()) && number > 0 {
                    break;
                }
                match self.add_car(&mut connection, key.as_deref()) {
                    Some(reply) if reply.status == 201 => {
                        let car: serde_json::Value = serde_json::from_str(&reply.text).unwrap();
                        done.doubled += usize::from(!done.ids.insert(car["id"].as_u64().unwrap()));
                        self.acknowledged.fetch_add(1, Ordering::Relaxed);
                        break;
                    }
                    Some(reply) => assert_eq!(reply.status, 503, "{}", reply.text),
                    None => connection = None,
                }
                done.refused += 1;
                if manner == Manner::Once {
                    break;
                }
                thread::sleep(Duration::from_millis(2));
            }
            if self.stop.load(Ordering::Relaxed) {
                break;
            }
        }
        done
    }

    fn add_car(&self, connection: &mut Option<Connection>, key: Option<&str>) -> Option<Reply> {
        let body = r#"{"brand":"a","model":"b","year":2018}"#;
        let key = key.map_or_else(String::new, |key| format!("idempotency-key: {key}\r\n"));
        let head = format!(
            "host: a\r\ncontent-type: application/json\r\n{key}content-length: {}",
            body.len()
        );
        if connection.is_none() {
            *connection = Connection::try_to(&self.address.lock().unwrap()).ok();
        }
        let open = connection.as_mut()?;
        open.send(&format!("POST /cars HTTP/1.1\r\n{head}\r\n\r\n{body}"))
            .ok()?;
        open.reply()
    }
}
