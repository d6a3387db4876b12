//! One connection to either database.

use std::time::Duration;

use sqlx::mysql::MySqlConnection;
use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection as _, Error};

use crate::car::{Car, Draft, Id};
use crate::query::{Key, Page};
use crate::statements::Statements;
use crate::store::Inserted;
use crate::target::Target;

/// MySQL's error for a variable that the server does not have.
const UNKNOWN_VARIABLE: u16 = 1193;

/// A connection. It is used by one request at a time, and never again after an error.
pub(crate) enum Connection {
    MySql(MySqlConnection),
    Sqlite(SqliteConnection),
}

impl Connection {
    /// Connects; statements that take longer than the timeout are ended by the server as well.
    pub(crate) async fn open(target: &Target, statement_timeout: Duration) -> Result<Self, Error> {
        match target {
            Target::Sqlite(options) => Ok(Self::Sqlite(SqliteConnection::connect_with(options).await?)),
            Target::MySql { options, .. } => {
                let mut connection = MySqlConnection::connect_with(options).await?;
                set_up(&mut connection, statement_timeout).await?;
                Ok(Self::MySql(connection))
            }
        }
    }

    pub(crate) async fn ping(&mut self) -> Result<(), Error> {
        match self {
            Self::MySql(connection) => connection.ping().await,
            Self::Sqlite(connection) => connection.ping().await,
        }
    }

    /// Says goodbye, so that the server does not log a connection that broke off.
    pub(crate) async fn close(self) {
        // It is of no use any more, so it does not matter whether it closes well.
        let _ = match self {
            Self::MySql(connection) => connection.close().await,
            Self::Sqlite(connection) => connection.close().await,
        };
    }

    pub(crate) async fn list(&mut self, page: Page) -> Result<Vec<Car>, Error> {
        match self {
            Self::MySql(connection) => connection.list_cars(page).await,
            Self::Sqlite(connection) => connection.list_cars(page).await,
        }
    }

    pub(crate) async fn get(&mut self, id: Id) -> Result<Option<Car>, Error> {
        match self {
            Self::MySql(connection) => connection.get_car(id).await,
            Self::Sqlite(connection) => connection.get_car(id).await,
        }
    }

    pub(crate) async fn insert(&mut self, draft: &Draft, key: Option<&Key>) -> Result<Inserted, Error> {
        match (self, key) {
            (Self::MySql(connection), None) => connection.insert_car(draft).await.map(Inserted::New),
            (Self::Sqlite(connection), None) => connection.insert_car(draft).await.map(Inserted::New),
            (Self::MySql(connection), Some(key)) => connection.insert_once(draft, key).await,
            (Self::Sqlite(connection), Some(key)) => connection.insert_once(draft, key).await,
        }
    }

    pub(crate) async fn replace(&mut self, id: Id, draft: &Draft) -> Result<bool, Error> {
        match self {
            Self::MySql(connection) => connection.replace_car(id, draft).await,
            Self::Sqlite(connection) => connection.replace_car(id, draft).await,
        }
    }

    pub(crate) async fn delete(&mut self, id: Id) -> Result<bool, Error> {
        match self {
            Self::MySql(connection) => connection.delete_car(id).await,
            Self::Sqlite(connection) => connection.delete_car(id).await,
        }
    }

    /// Forgets keys that no client will repeat any more, some at a time.
    pub(crate) async fn forget_keys(&mut self, before: i64) -> Result<u64, Error> {
        match self {
            Self::MySql(connection) => connection.forget_keys(before).await,
            Self::Sqlite(connection) => connection.forget_keys(before).await,
        }
    }
}

/// What holds for every statement of a MySQL session, whatever the server's own settings are.
async fn set_up(connection: &mut MySqlConnection, statement_timeout: Duration) -> Result<(), Error> {
    let seconds = i64::try_from(statement_timeout.as_secs().max(1)).unwrap_or(1);
    let millis = i64::try_from(statement_timeout.as_millis()).unwrap_or(i64::MAX);
    let set = "SET SESSION sql_mode = 'TRADITIONAL', innodb_lock_wait_timeout = ?, max_execution_time = ?";
    let outcome = sqlx::query(set)
        .persistent(false)
        .bind(seconds)
        .bind(millis)
        .execute(&mut *connection)
        .await;
    match outcome {
        // MariaDB's variable has another name and counts seconds.
        Err(Error::Database(error)) if crate::fault::mysql_number(&*error) == Some(UNKNOWN_VARIABLE) => {
            let set = "SET SESSION sql_mode = 'TRADITIONAL', innodb_lock_wait_timeout = ?, max_statement_time = ?";
            let timeout = statement_timeout.as_secs_f64();
            let query = sqlx::query(set).persistent(false).bind(seconds).bind(timeout);
            query.execute(connection).await.map(drop)
        }
        outcome => outcome.map(drop),
    }
}
