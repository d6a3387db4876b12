//! What the handlers ask of a store of cars, and what can go wrong there.

use std::future::Future;

use axum::http::StatusCode;
use service::problem::Problem;

use crate::car::{Car, Draft, Id};
use crate::query::{Key, Page};

/// A store of cars.
pub trait Store: Send + Sync + 'static {
    /// The cars of a page by id, and one more if there are more.
    fn list(&self, page: Page) -> impl Future<Output = Result<Vec<Car>, Fault>> + Send;
    /// One car.
    fn get(&self, id: Id) -> impl Future<Output = Result<Option<Car>, Fault>> + Send;
    /// A new car, unless the key has made one before.
    fn insert(&self, draft: Draft, key: Option<Key>) -> impl Future<Output = Result<Inserted, Fault>> + Send;
    /// Other values for a car; whether there is one.
    fn replace(&self, id: Id, draft: Draft) -> impl Future<Output = Result<bool, Fault>> + Send;
    /// One car less; whether there was one.
    fn delete(&self, id: Id) -> impl Future<Output = Result<bool, Fault>> + Send;
    /// Makes sure that there are tables to keep cars in.
    fn ensure_tables(&self) -> impl Future<Output = Result<(), Fault>> + Send;
    /// Appends its figures in the Prometheus text format.
    fn figures(&self, text: &mut String);
}

/// What came of an insertion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inserted {
    /// A new car.
    New(Id),
    /// The car that the same key and the same values made before.
    Again(Id),
    /// Nothing: the key has made a car of other values.
    KeyTaken,
}

/// Why a store did not do what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is not there; nothing was done.
    Away,
    /// It went away while it worked: nobody knows whether it was done.
    Cut,
    /// It took too long: nobody knows whether it was done.
    Slow,
    /// It has too much to do; nothing was done.
    Busy,
    /// Two requests were in each other's way; nothing was done.
    Clash,
    /// It has no room; nothing was done.
    Full,
    /// There are no tables yet.
    NoTables,
    /// The service's user may not do it.
    Denied,
    /// Something that should not happen. The log has it.
    Broken,
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        let unavailable = Self::new(StatusCode::SERVICE_UNAVAILABLE);
        match fault {
            Fault::Away => unavailable.detail("the database is away").retry_after(1),
            Fault::Cut => unavailable
                .detail("the database went away meanwhile; a change may or may not have been made")
                .retry_after(1),
            Fault::Slow => unavailable
                .detail("the database took too long; a change may or may not have been made")
                .retry_after(1),
            Fault::Busy | Fault::Clash => unavailable.detail("the database is busy").retry_after(1),
            Fault::Full => unavailable.detail("the database has no room left").retry_after(30),
            Fault::NoTables => unavailable
                .detail("there are no tables yet; run `cars migrate` or ask for /create-table")
                .retry_after(30),
            Fault::Denied => unavailable
                .detail("the database does not let the service do this; run `cars migrate`")
                .retry_after(30),
            Fault::Broken => Self::new(StatusCode::INTERNAL_SERVER_ERROR),
        }
    }
}
