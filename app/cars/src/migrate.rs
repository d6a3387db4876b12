//! The tables and the application's user. Every step can be repeated, so that one that broke off half
//! way is mended by the next run.

use sqlx::mysql::MySqlConnection;
use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection as _, Error, Row};

use crate::config::Application;
use crate::connection::Connection;
use crate::fault::judge;
use crate::secret::Secret;
use crate::store::Fault;

/// Seconds to wait for another migration to end.
const LOCK_PATIENCE: i32 = 60;
const LOCK: &str = "cars_migration";
/// What the service needs to exist.
const TABLES: [&str; 2] = ["cars", "idempotency_keys"];
const PROBES: [&str; 2] = [
    "SELECT 1 FROM cars WHERE id = 0",
    "SELECT 1 FROM idempotency_keys WHERE name = ''",
];
const MYSQL: [&str; 2] = [
    "CREATE TABLE IF NOT EXISTS cars (
        id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
        brand VARCHAR(64) NOT NULL,
        model VARCHAR(64) NOT NULL,
        year INT NOT NULL
    ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4",
    "CREATE TABLE IF NOT EXISTS idempotency_keys (
        name VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
        car_id BIGINT NOT NULL,
        brand VARCHAR(64) NOT NULL,
        model VARCHAR(64) NOT NULL,
        year INT NOT NULL,
        created_at BIGINT NOT NULL,
        INDEX by_age (created_at)
    ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4",
];
const SQLITE: [&str; 3] = [
    // An id is never given twice, as in MySQL.
    "CREATE TABLE IF NOT EXISTS cars (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        brand TEXT NOT NULL,
        model TEXT NOT NULL,
        year INTEGER NOT NULL
    )",
    "CREATE TABLE IF NOT EXISTS idempotency_keys (
        name TEXT NOT NULL PRIMARY KEY,
        car_id INTEGER NOT NULL,
        brand TEXT NOT NULL,
        model TEXT NOT NULL,
        year INTEGER NOT NULL,
        created_at INTEGER NOT NULL
    ) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS by_age ON idempotency_keys (created_at)",
];

/// Why a migration did not end well.
#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    /// The database refused a step.
    #[error("cannot migrate: {0}")]
    Database(#[from] Error),
    /// Another migration holds the lock.
    #[error("another migration has been running for {LOCK_PATIENCE} seconds; try again when it has ended")]
    Locked,
    /// SQLite has no users.
    #[error("APPLICATION_USERNAME is given, but SQLite has no users")]
    NoUsers,
    /// The user cannot be one of MySQL's.
    #[error("APPLICATION_USERNAME must be 1 to 32 letters, digits and `_`, and not the user that migrates")]
    Username,
}

/// Makes sure that the tables exist. Only if one does not is a right to make tables needed.
pub(crate) async fn ensure(connection: &mut Connection) -> Result<(), Error> {
    let outcome = match connection {
        Connection::MySql(connection) => probe_mysql(connection).await,
        Connection::Sqlite(connection) => probe_sqlite(connection).await,
    };
    match outcome {
        // A user with no right to a table is told that it is denied, not that there is none.
        Err(error) if matches!(judge(&error), Fault::NoTables | Fault::Denied) => {}
        outcome => return outcome,
    }
    match run(connection).await {
        Ok(()) => Ok(()),
        Err(MigrationError::Database(error)) => Err(error),
        Err(_) => Err(Error::RowNotFound),
    }
}

async fn probe_mysql(connection: &mut MySqlConnection) -> Result<(), Error> {
    for probe in PROBES {
        sqlx::query(probe).fetch_optional(&mut *connection).await?;
    }
    Ok(())
}

async fn probe_sqlite(connection: &mut SqliteConnection) -> Result<(), Error> {
    for probe in PROBES {
        sqlx::query(probe).fetch_optional(&mut *connection).await?;
    }
    Ok(())
}

/// Makes the tables what this version needs, while no other migration runs.
pub(crate) async fn run(connection: &mut Connection) -> Result<(), MigrationError> {
    match connection {
        Connection::Sqlite(connection) => {
            let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
            for step in SQLITE {
                sqlx::query(step).execute(&mut *transaction).await?;
            }
            Ok(transaction.commit().await?)
        }
        Connection::MySql(connection) => {
            lock(connection).await?;
            let outcome = steps(connection).await;
            // The lock ends with the connection at the latest.
            let _ = sqlx::query("DO RELEASE_LOCK(?)").bind(LOCK).execute(connection).await;
            Ok(outcome?)
        }
    }
}

async fn lock(connection: &mut MySqlConnection) -> Result<(), MigrationError> {
    let query = sqlx::query("SELECT GET_LOCK(?, ?)").bind(LOCK).bind(LOCK_PATIENCE);
    let row = query.fetch_one(connection).await?;
    match row.try_get::<Option<i64>, _>(0)? {
        Some(1) => Ok(()),
        _ => Err(MigrationError::Locked),
    }
}

async fn steps(connection: &mut MySqlConnection) -> Result<(), Error> {
    for step in MYSQL {
        sqlx::query(step).persistent(false).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Makes the application's user, or brings its password and its rights up to date.
///
/// Statements about users take no parameters, so the server itself puts them together, with its own
/// quoting: the values still arrive as parameters, and never as a part of a statement.
pub(crate) async fn grant(
    connection: &mut Connection,
    application: &Application,
    encrypted: bool,
) -> Result<(), MigrationError> {
    let (Some(user), Some(password)) = (&application.application_username, &application.application_password) else {
        return Ok(());
    };
    let Connection::MySql(connection) = connection else {
        return Err(MigrationError::NoUsers);
    };
    let plain = user.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let row = sqlx::query("SELECT SUBSTRING_INDEX(CURRENT_USER(), '@', 1)")
        .fetch_one(&mut *connection)
        .await?;
    if !plain || !(1..=32).contains(&user.len()) || row.try_get::<String, _>(0)? == *user {
        return Err(MigrationError::Username);
    }
    let require = if encrypted { "SSL" } else { "NONE" };
    for verb in ["CREATE USER IF NOT EXISTS", "ALTER USER"] {
        let set = "SET @statement = CONCAT(?, ' ', QUOTE(?), '@''%'' IDENTIFIED BY ', QUOTE(?), ' REQUIRE ', ?)";
        let query = sqlx::query(set)
            .bind(verb)
            .bind(user)
            .bind(Secret::reveal(password))
            .bind(require);
        query.execute(&mut *connection).await?;
        execute(connection).await?;
    }
    for table in TABLES {
        let set = "SET @statement = CONCAT('GRANT SELECT, INSERT, UPDATE, DELETE ON ', ?, ' TO ', QUOTE(?), '@''%''')";
        sqlx::query(set)
            .bind(table)
            .bind(user)
            .execute(&mut *connection)
            .await?;
        execute(connection).await?;
    }
    Ok(())
}

async fn execute(connection: &mut MySqlConnection) -> Result<(), Error> {
    for statement in [
        "PREPARE statement FROM @statement",
        "SET @statement = NULL",
        "EXECUTE statement",
        "DEALLOCATE PREPARE statement",
    ] {
        sqlx::raw_sql(statement).execute(&mut *connection).await?;
    }
    Ok(())
}
