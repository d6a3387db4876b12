//! Connections that wait for the next request.
//!
//! Not sqlx's own pool: that one asks the server before or after every use whether it is still there,
//! a round trip for each request, and waits out its timeout while the server refuses connections.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sqlx::Error;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::connection::Connection;
use crate::target::Target;

/// A connection that was idle so long is asked whether it is still there.
const FRESH: Duration = Duration::from_secs(5);
/// A connection is not used for longer, so that all move to a new server after a failover.
const LIFETIME: Duration = Duration::from_secs(30 * 60);

pub(crate) struct Pool {
    target: Target,
    statement_timeout: Duration,
    permits: Semaphore,
    idle: Mutex<Vec<Idle>>,
    open: AtomicUsize,
    /// Which connections are of now; those of before a fault are not used again.
    generation: AtomicU64,
}

struct Idle {
    connection: Connection,
    born: Born,
    since: Instant,
}

#[derive(Clone, Copy)]
struct Born {
    at: Instant,
    generation: u64,
}

/// A connection of one request. Unless it is given back it is closed when dropped, as nobody knows
/// what its server still does.
pub(crate) struct Lease<'p> {
    connection: Option<Connection>,
    born: Born,
    pool: &'p Pool,
    _permit: SemaphorePermit<'p>,
}

impl Pool {
    pub(crate) fn new(target: Target, size: usize, statement_timeout: Duration) -> Self {
        Self {
            target,
            statement_timeout,
            permits: Semaphore::new(size),
            idle: Mutex::default(),
            open: AtomicUsize::new(0),
            generation: AtomicU64::new(0),
        }
    }

    /// An idle connection, or a new one. Waits for as long as all are in use.
    pub(crate) async fn lease(&self) -> Result<Lease<'_>, Error> {
        let permit = self.permits.acquire().await.map_err(|_| Error::PoolClosed)?;
        // The last one used: the others may grow old and go.
        let idle = lock(&self.idle).pop();
        if let Some(idle) = idle {
            let lease = Lease {
                connection: Some(idle.connection),
                born: idle.born,
                pool: self,
                _permit: permit,
            };
            return lease.checked(idle.since).await;
        }
        let born = self.born();
        let connection = self.connect().await?;
        self.open.fetch_add(1, Ordering::Relaxed);
        Ok(Lease {
            connection: Some(connection),
            born,
            pool: self,
            _permit: permit,
        })
    }

    /// A connection beside the pool's own.
    pub(crate) async fn connect(&self) -> Result<Connection, Error> {
        Connection::open(&self.target, self.statement_timeout).await
    }

    /// Uses none of the connections of before again: they may be dead without knowing it.
    pub(crate) fn renew(&self) {
        self.generation.fetch_add(1, Ordering::Relaxed);
        let old = std::mem::take(&mut *lock(&self.idle));
        self.open.fetch_sub(old.len(), Ordering::Relaxed);
    }

    /// How many connections there are, and how many of them are idle.
    pub(crate) fn count(&self) -> (usize, usize) {
        (self.open.load(Ordering::Relaxed), lock(&self.idle).len())
    }

    fn born(&self) -> Born {
        Born {
            at: Instant::now(),
            generation: self.generation.load(Ordering::Relaxed),
        }
    }

    fn is_current(&self, born: Born) -> bool {
        born.generation == self.generation.load(Ordering::Relaxed) && born.at.elapsed() < LIFETIME
    }
}

impl Lease<'_> {
    pub(crate) fn connection(&mut self) -> Option<&mut Connection> {
        self.connection.as_mut()
    }

    /// Gives the connection back: its last statement has ended well.
    pub(crate) fn finish(mut self) {
        let Some(connection) = self.connection.take() else {
            return;
        };
        if self.pool.is_current(self.born) {
            let (born, since) = (self.born, Instant::now());
            lock(&self.pool.idle).push(Idle {
                connection,
                born,
                since,
            });
        } else {
            self.pool.open.fetch_sub(1, Ordering::Relaxed);
            tokio::spawn(connection.close());
        }
    }

    /// The same lease, with another connection if this one is old or its server has left it.
    async fn checked(mut self, idle_since: Instant) -> Result<Self, Error> {
        let alive = match &mut self.connection {
            _ if !self.pool.is_current(self.born) => false,
            Some(connection) if idle_since.elapsed() > FRESH => connection.ping().await.is_ok(),
            _ => true,
        };
        if !alive {
            self.born = self.pool.born();
            self.connection = Some(self.pool.connect().await?);
        }
        Ok(self)
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        if self.connection.take().is_some() {
            self.pool.open.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Connections are pushed and popped under the lock, which cannot panic half way.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
