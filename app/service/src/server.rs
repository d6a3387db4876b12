//! Accepts connections, refuses those that are too many, and drains them in the end.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::connection::{self, Deadlines};
use crate::front::Front;
use crate::log::{Level, Value};
use crate::settings::Limits;

/// What a connection over the limit gets before it is closed.
const REFUSAL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\n\
    content-type: application/problem+json\r\ncontent-length: 66\r\nretry-after: 1\r\nconnection: close\r\n\r\n\
    {\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503}\n";

/// Tells every connection that the service closes. Clones are told together.
#[derive(Clone, Debug, Default)]
pub struct Closing(Arc<(AtomicBool, Notify)>);

impl Closing {
    /// Says it: connections end after their current request.
    pub fn say(&self) {
        self.0.0.store(true, Ordering::SeqCst);
        self.0.1.notify_waiters();
    }

    pub(crate) async fn wait(&mut self) {
        let mut told = std::pin::pin!(self.0.1.notified());
        // Listening starts before the flag is read, so that a word in between is not missed.
        told.as_mut().enable();
        if !self.0.0.load(Ordering::SeqCst) {
            told.await;
        }
    }
}

/// Serves until it is told to close, then lets what is in flight finish for as long as `drain` says.
/// Returns how many connections it had to cut.
pub async fn serve(listener: TcpListener, front: Front, limits: &Limits, drain: Duration, closing: Closing) -> usize {
    let deadlines = Deadlines {
        header: limits.header_timeout,
        idle: limits.idle_timeout,
    };
    let server = Server {
        front,
        deadlines,
        most: limits.max_connections.get(),
        closing: closing.clone(),
    };
    let mut open = JoinSet::new();
    let mut told = closing;
    let mut told = std::pin::pin!(told.wait());
    loop {
        tokio::select! {
            biased;
            () = &mut told => break,
            Some(_) = open.join_next() => server.front.metrics().count_connections(-1),
            accepted = listener.accept() => server.take(accepted.map(|(stream, _)| stream), &mut open).await,
        }
    }
    // Connections that the kernel has already accepted would be reset with the listener.
    while let Ok(Ok((stream, _))) = timeout(Duration::ZERO, listener.accept()).await {
        server.take(Ok(stream), &mut open).await;
    }
    drop(listener);
    let finish = async { while open.join_next().await.is_some() {} };
    // What did not finish in time is cut when the set is dropped.
    let _ = timeout(drain, finish).await;
    open.len()
}

struct Server {
    front: Front,
    deadlines: Deadlines,
    most: usize,
    closing: Closing,
}

impl Server {
    async fn take(&self, accepted: io::Result<TcpStream>, open: &mut JoinSet<()>) {
        match accepted {
            Ok(stream) if open.len() >= self.most => {
                self.front.metrics().count_shed();
                // A client that does not read its refusal gets none.
                let _ = stream.try_write(REFUSAL);
            }
            Ok(stream) => {
                self.front.metrics().count_connections(1);
                open.spawn(connection::serve(
                    stream,
                    self.front.clone(),
                    self.deadlines,
                    self.closing.clone(),
                ));
            }
            Err(error) => {
                let fields = [("error", Value::Text(&error.to_string()))];
                self.front
                    .log()
                    .line(Level::Warn, "cannot accept a connection", &fields);
                // Out of file descriptors, most likely: trying again at once would spin.
                sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_refusal_says_its_own_length() {
        let text = std::str::from_utf8(super::REFUSAL).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(
            head.contains(&format!("content-length: {}\r\n", body.len())),
            "{}",
            body.len()
        );
    }
}
