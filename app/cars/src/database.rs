//! The store of cars in a database that may be away, slow, or gone in the middle of a statement.

use std::fmt::Write as _;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use service::health::Health;
use service::log::{Level, Log, Value};
use service::metrics::family;
use sqlx::Error;
use tokio::time::timeout;

use crate::car::{Car, Draft, Id};
use crate::config::DatabaseSettings;
use crate::connection::Connection;
use crate::fault::judge;
use crate::gate::Gate;
use crate::migrate;
use crate::pool::{Lease, Pool};
use crate::query::{Key, Page};
use crate::store::{Fault, Inserted, Store};
use crate::target::Target;
use crate::watch;

type Running<'c, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'c>>;

/// A store in MySQL or SQLite. Clones share it.
#[derive(Clone)]
pub struct Database(Arc<Inner>);

struct Inner {
    pool: Pool,
    gate: Gate,
    log: Log,
    acquire_timeout: Duration,
    statement_timeout: Duration,
    faults: [AtomicU64; FAULTS.len()],
}

/// The faults as the figures name them.
const FAULTS: [(Fault, &str); 9] = [
    (Fault::Away, "away"),
    (Fault::Cut, "cut"),
    (Fault::Slow, "slow"),
    (Fault::Busy, "busy"),
    (Fault::Clash, "clash"),
    (Fault::Full, "full"),
    (Fault::NoTables, "no_tables"),
    (Fault::Denied, "denied"),
    (Fault::Broken, "broken"),
];

/// Whether an operation may be done a second time if nobody knows what came of the first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Repeat {
    Yes,
    No,
}

impl Database {
    /// A store that is looked after from now on. Its database may be away: then the service waits for it.
    pub(crate) async fn open(target: Target, settings: &DatabaseSettings, health: Arc<Health>, log: Log) -> Self {
        let embedded = matches!(target, Target::Sqlite(_));
        // SQLite has one writer at a time anyway.
        let size = if embedded {
            1
        } else {
            settings.database_max_connections.get()
        };
        let statement_timeout = settings.database_statement_timeout;
        let database = Self(Arc::new(Inner {
            pool: Pool::new(target, size as usize, statement_timeout),
            gate: Gate::default(),
            log,
            acquire_timeout: settings.database_acquire_timeout,
            statement_timeout,
            faults: Default::default(),
        }));
        health.set_waiting(true);
        let mut watch = watch::Watch::new(database.clone(), health);
        watch.look().await;
        if embedded {
            // Nobody else could: a database in memory is this process's own.
            let made = database.ensure_tables().await;
            if let Err(fault) = made {
                database.note("cannot make the tables", &format!("{fault:?}"));
            }
        }
        tokio::spawn(watch.forever());
        database
    }

    pub(crate) fn pool(&self) -> &Pool {
        &self.0.pool
    }

    pub(crate) fn gate(&self) -> &Gate {
        &self.0.gate
    }

    pub(crate) fn patience(&self) -> Duration {
        self.0.acquire_timeout
    }

    pub(crate) fn log(&self) -> &Log {
        &self.0.log
    }

    fn note(&self, message: &str, error: &str) {
        self.0.log.line(Level::Error, message, &[("error", Value::Text(error))]);
    }

    /// Does an operation on a connection, and once more if that is safe and may help.
    async fn run<T>(
        &self,
        repeat: Repeat,
        operation: impl for<'c> Fn(&'c mut Connection) -> Running<'c, T> + Send + Sync,
    ) -> Result<T, Fault> {
        let mut outcome = self.attempt(&operation).await;
        // What clashed was rolled back. What was cut is done again only if that changes nothing more.
        let again = match outcome {
            Err(Fault::Clash) => true,
            Err(Fault::Cut) => repeat == Repeat::Yes,
            _ => false,
        };
        if again {
            outcome = self.attempt(&operation).await;
        }
        if let Err(fault) = outcome {
            let index = FAULTS.iter().position(|(known, _)| *known == fault).unwrap_or_default();
            self.0.faults[index].fetch_add(1, Ordering::Relaxed);
        }
        outcome
    }

    async fn attempt<T>(
        &self,
        operation: &(impl for<'c> Fn(&'c mut Connection) -> Running<'c, T> + Send + Sync),
    ) -> Result<T, Fault> {
        let mut lease = self.lease().await?;
        let Some(connection) = lease.connection() else {
            return Err(Fault::Away);
        };
        match timeout(self.0.statement_timeout, operation(connection)).await {
            Ok(Ok(value)) => {
                lease.finish();
                Ok(value)
            }
            Ok(Err(error)) => {
                let fault = self.judge(&error);
                // An open transaction is rolled back before the next statement.
                if matches!(error, Error::Database(_)) && !matches!(fault, Fault::Cut | Fault::Broken) {
                    lease.finish();
                }
                Err(fault)
            }
            Err(_) => {
                self.0.gate.suspect();
                Err(Fault::Slow)
            }
        }
    }

    /// A connection, unless the database is known to be away or turns out to be while this waits.
    async fn lease(&self) -> Result<Lease<'_>, Fault> {
        if !self.0.gate.is_open() {
            return Err(Fault::Away);
        }
        let leased = tokio::select! {
            biased;
            leased = timeout(self.0.acquire_timeout, self.0.pool.lease()) => leased,
            () = self.0.gate.until_shut() => return Err(Fault::Away),
        };
        match leased {
            Ok(Ok(lease)) => Ok(lease),
            Ok(Err(error)) => {
                self.0.gate.suspect();
                self.note("cannot connect to the database", &error.to_string());
                Err(Fault::Away)
            }
            Err(_) => Err(Fault::Busy),
        }
    }

    fn judge(&self, error: &Error) -> Fault {
        let fault = judge(error);
        if fault == Fault::Cut {
            self.0.gate.suspect();
        }
        if fault != Fault::Clash {
            self.note("the database refused a statement", &error.to_string());
        }
        fault
    }

    /// Forgets the keys of requests from before a moment.
    pub(crate) async fn forget_keys(&self, before: i64) -> Result<u64, Fault> {
        self.run(Repeat::Yes, move |connection| Box::pin(connection.forget_keys(before)))
            .await
    }
}

impl Store for Database {
    async fn list(&self, page: Page) -> Result<Vec<Car>, Fault> {
        self.run(Repeat::Yes, move |connection| Box::pin(connection.list(page)))
            .await
    }

    async fn get(&self, id: Id) -> Result<Option<Car>, Fault> {
        self.run(Repeat::Yes, move |connection| Box::pin(connection.get(id)))
            .await
    }

    async fn insert(&self, draft: Draft, key: Option<Key>) -> Result<Inserted, Fault> {
        // The key is stored with the car, so a second try finds what the first one did.
        let repeat = if key.is_some() { Repeat::Yes } else { Repeat::No };
        let insertion = Arc::new((draft, key));
        self.run(repeat, move |connection| {
            let insertion = Arc::clone(&insertion);
            Box::pin(async move { connection.insert(&insertion.0, insertion.1.as_ref()).await })
        })
        .await
    }

    async fn replace(&self, id: Id, draft: Draft) -> Result<bool, Fault> {
        let draft = Arc::new(draft);
        self.run(Repeat::No, move |connection| {
            let draft = Arc::clone(&draft);
            Box::pin(async move { connection.replace(id, &draft).await })
        })
        .await
    }

    async fn delete(&self, id: Id) -> Result<bool, Fault> {
        self.run(Repeat::No, move |connection| Box::pin(connection.delete(id)))
            .await
    }

    async fn ensure_tables(&self) -> Result<(), Fault> {
        self.run(Repeat::Yes, |connection| Box::pin(migrate::ensure(connection)))
            .await
    }

    fn figures(&self, text: &mut String) {
        let (open, idle) = self.0.pool.count();
        let gauges = [
            (
                "cars_database_up",
                "Whether the database answers.",
                usize::from(self.0.gate.is_open()),
            ),
            ("cars_database_connections_open", "Connections to the database.", open),
            (
                "cars_database_connections_idle",
                "Those of them that wait for a request.",
                idle,
            ),
        ];
        for (name, help, value) in gauges {
            family(text, name, "gauge", help);
            // Writing to a string does not fail, here and below.
            let _ = writeln!(text, "{name} {value}");
        }
        let name = "cars_database_faults_total";
        family(
            text,
            name,
            "counter",
            "Operations that the database did not do, by why.",
        );
        for ((_, fault), count) in FAULTS.iter().zip(&self.0.faults) {
            let _ = writeln!(text, "{name}{{fault=\"{fault}\"}} {}", count.load(Ordering::Relaxed));
        }
    }
}
