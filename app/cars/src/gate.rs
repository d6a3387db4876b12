//! Whether the database is known to be away. While it is, no request waits for it.

use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

/// Open while the database answers. Requests look at it, the watch moves it.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    open: AtomicBool,
    shut: Notify,
    suspected: Notify,
}

impl Gate {
    pub(crate) fn is_open(&self) -> bool {
        self.open.load(Ordering::Acquire)
    }

    pub(crate) fn open(&self) {
        self.open.store(true, Ordering::Release);
    }

    /// Turns away requests that come and those that wait.
    pub(crate) fn shut(&self) {
        self.open.store(false, Ordering::Release);
        self.shut.notify_waiters();
    }

    /// Ends when the gate is shut.
    pub(crate) async fn until_shut(&self) {
        let mut shut = std::pin::pin!(self.shut.notified());
        // Listening starts before the flag is read, so that a word in between is not missed.
        shut.as_mut().enable();
        if self.is_open() {
            shut.await;
        }
    }

    /// Asks the watch to look at once: a request saw a connection break.
    pub(crate) fn suspect(&self) {
        self.suspected.notify_one();
    }

    /// Ends when somebody suspects the database.
    pub(crate) async fn until_suspected(&self) {
        self.suspected.notified().await;
    }
}
