//! Stores: where a system keeps what it knows.

use super::Database;

/// Something that keeps what a system knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Store {
    /// A database of rows.
    Database(Database),
}

impl From<&Database> for Store {
    fn from(database: &Database) -> Self {
        Self::Database(database.clone())
    }
}
