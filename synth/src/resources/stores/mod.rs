//! What holds data.

pub(super) mod database;
