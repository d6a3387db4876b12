//! Looks after the database in the background: shuts the gate when it is away, opens it when it is
//! back, and forgets old keys.

use std::sync::Arc;
use std::time::{Duration, Instant};

use service::health::Health;
use service::log::{Level, Value};
use sqlx::Error;
use tokio::time::{sleep, timeout};

use crate::connection::Connection;
use crate::database::Database;
use crate::statements::now;

/// How often it looks while all is well and nobody suspects anything.
const CALM: Duration = Duration::from_secs(5);
/// How often it looks while the database is away.
const KEEN: Duration = Duration::from_millis(250);
/// How long a key is kept after its request, in seconds; and how often old ones are looked for.
const KEY_LIFETIME: i64 = 24 * 60 * 60;
const FORGET_EVERY: Duration = Duration::from_secs(60);

pub(crate) struct Watch {
    database: Database,
    health: Arc<Health>,
    /// Its own connection: it can look although all of the pool's are in use, and it keeps a database
    /// in memory from vanishing with the last connection.
    connection: Option<Connection>,
    forgot_at: Instant,
    /// Whether the log has that the database is away: it may be for long.
    said_away: bool,
}

impl Watch {
    pub(crate) fn new(database: Database, health: Arc<Health>) -> Self {
        Self {
            database,
            health,
            connection: None,
            forgot_at: Instant::now(),
            said_away: false,
        }
    }

    /// Looks for as long as the service lives.
    pub(crate) async fn forever(mut self) {
        loop {
            if self.database.gate().is_open() {
                let suspected = tokio::select! {
                    () = self.database.gate().until_suspected() => true,
                    () = sleep(CALM) => false,
                };
                self.look().await;
                if suspected {
                    // One connection broke; others may be as dead without knowing it.
                    self.database.pool().renew();
                }
                self.forget().await;
            } else {
                sleep(KEEN).await;
                self.look().await;
            }
        }
    }

    /// Asks the database whether it is there, and moves the gate.
    pub(crate) async fn look(&mut self) {
        let patience = self.database.patience();
        let outcome = timeout(patience, self.ask()).await;
        let outcome = outcome.unwrap_or_else(|_| Err(Error::PoolTimedOut));
        let was_open = self.database.gate().is_open();
        match outcome {
            Ok(()) if !was_open => {
                self.database.pool().renew();
                self.database.gate().open();
                self.health.set_waiting(false);
                self.said_away = false;
                self.database.log().line(Level::Info, "the database answers", &[]);
            }
            Ok(()) => {}
            Err(error) => {
                self.connection = None;
                self.database.gate().shut();
                self.health.set_waiting(true);
                if !std::mem::replace(&mut self.said_away, true) {
                    let fields = [("error", Value::Text(&error.to_string()))];
                    self.database.log().line(Level::Error, "the database is away", &fields);
                }
            }
        }
    }

    async fn ask(&mut self) -> Result<(), Error> {
        if let Some(connection) = &mut self.connection
            && connection.ping().await.is_ok()
        {
            return Ok(());
        }
        let mut connection = self.database.pool().connect().await?;
        connection.ping().await?;
        self.connection = Some(connection);
        Ok(())
    }

    async fn forget(&mut self) {
        if self.forgot_at.elapsed() < FORGET_EVERY || !self.database.gate().is_open() {
            return;
        }
        self.forgot_at = Instant::now();
        // What fails is tried again in a minute, and the database has logged why.
        let _ = self.database.forget_keys(now() - KEY_LIFETIME).await;
    }
}
