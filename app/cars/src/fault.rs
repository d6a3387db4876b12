//! What an error of the database means for the request.

use sqlx::Error;
use sqlx::error::DatabaseError;
use sqlx::mysql::MySqlDatabaseError;
use sqlx::sqlite::SqliteError;

use crate::store::Fault;

/// The error's number, if MySQL says it.
pub(crate) fn mysql_number(error: &dyn DatabaseError) -> Option<u16> {
    error
        .try_downcast_ref::<MySqlDatabaseError>()
        .map(MySqlDatabaseError::number)
}

/// What an error means that came while a statement ran.
pub(crate) fn judge(error: &Error) -> Fault {
    match error {
        Error::Database(error) => match mysql_number(&**error) {
            Some(number) => judge_mysql(number),
            None => judge_sqlite(&**error),
        },
        // The key was forgotten between two statements; the next try makes it anew.
        Error::RowNotFound => Fault::Clash,
        Error::Io(_) | Error::Tls(_) | Error::Protocol(_) | Error::WorkerCrashed => Fault::Cut,
        _ => Fault::Broken,
    }
}

/// By <https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html>, and MariaDB's own
/// from 1900 on.
fn judge_mysql(number: u16) -> Fault {
    match number {
        // Full tables, files and disks.
        3 | 28 | 1021 | 1026 | 1041 | 1114 => Fault::Full,
        1205 => Fault::Busy,
        1213 => Fault::Clash,
        // Killed, or over the session's own limit.
        1317 | 1969 | 3024 => Fault::Slow,
        1146 => Fault::NoTables,
        1044 | 1142 | 1143 | 1227 => Fault::Denied,
        // Shutting down, killed; read-only after a failover, which another connection mends.
        1053 | 1077 | 1078 | 1079 | 1152..=1161 | 1184 | 1290 | 1792 | 1836 | 1927 | 4031 => Fault::Cut,
        _ => Fault::Broken,
    }
}

/// By <https://sqlite.org/rescode.html>; the primary code is the lowest byte.
fn judge_sqlite(error: &dyn DatabaseError) -> Fault {
    let code = error
        .code()
        .and_then(|code| code.parse::<u32>().ok())
        .unwrap_or_default();
    match code & 0xff {
        5 | 6 => Fault::Busy,
        8 | 10 | 14 | 26 => Fault::Cut,
        13 => Fault::Full,
        1 if is_sqlite(error) && error.message().starts_with("no such table") => Fault::NoTables,
        _ => Fault::Broken,
    }
}

fn is_sqlite(error: &dyn DatabaseError) -> bool {
    error.try_downcast_ref::<SqliteError>().is_some()
}
