//! The statements of the service, parameterised, for either database: their text is the same, as both
//! write parameters as `?`, but the types are each driver's own.

use std::future::Future;
use std::time::{SystemTime, UNIX_EPOCH};

use futures_util::TryStreamExt;
use sqlx::mysql::MySqlConnection;
use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection as _, Either, Error, Executor, Row};

use crate::car::{Car, Draft, Id};
use crate::query::{Key, PAGE, Page};
use crate::store::Inserted;

const LIST: &str = "SELECT id, brand, model, year FROM cars WHERE id > ? ORDER BY id LIMIT ?";
const GET: &str = "SELECT id, brand, model, year FROM cars WHERE id = ?";
const INSERT: &str = "INSERT INTO cars (brand, model, year) VALUES (?, ?, ?)";
const REPLACE: &str = "UPDATE cars SET brand = ?, model = ?, year = ? WHERE id = ?";
const DELETE: &str = "DELETE FROM cars WHERE id = ?";
const INSERT_KEY: &str =
    "INSERT INTO idempotency_keys (name, car_id, brand, model, year, created_at) VALUES (?, ?, ?, ?, ?, ?)";
const GET_KEY: &str = "SELECT car_id, brand, model, year FROM idempotency_keys WHERE name = ?";
/// In both languages without `DELETE … LIMIT`, which SQLite does not have: the keys of the oldest
/// moments, a batch that does not lock the table for long.
const FORGET_KEYS: &str = "DELETE FROM idempotency_keys WHERE created_at < ? AND created_at <= \
    (SELECT moment FROM (SELECT MIN(created_at) + 60 AS moment FROM idempotency_keys) AS oldest)";

/// What can be asked of a connection.
pub(crate) trait Statements {
    fn list_cars(&mut self, page: Page) -> impl Future<Output = Result<Vec<Car>, Error>> + Send;
    fn get_car(&mut self, id: Id) -> impl Future<Output = Result<Option<Car>, Error>> + Send;
    fn insert_car(&mut self, draft: &Draft) -> impl Future<Output = Result<Id, Error>> + Send;
    /// Inserts the car and its key in one transaction, or finds what the key has inserted before.
    fn insert_once(&mut self, draft: &Draft, key: &Key) -> impl Future<Output = Result<Inserted, Error>> + Send;
    fn replace_car(&mut self, id: Id, draft: &Draft) -> impl Future<Output = Result<bool, Error>> + Send;
    fn delete_car(&mut self, id: Id) -> impl Future<Output = Result<bool, Error>> + Send;
    fn forget_keys(&mut self, before: i64) -> impl Future<Output = Result<u64, Error>> + Send;
}

macro_rules! statements {
    ($connection:ty, $inserted_id:expr) => {
        impl Statements for $connection {
            async fn list_cars(&mut self, page: Page) -> Result<Vec<Car>, Error> {
                // One more than asked for tells whether there are more.
                let query = sqlx::query(LIST).bind(page.after).bind(i64::from(page.limit) + 1);
                let mut cars = Vec::with_capacity(page.limit.min(PAGE) as usize + 1);
                // Each row is let go before the next one comes: cheaper than to collect them.
                let mut rows = self.fetch_many(query);
                while let Some(row) = rows.try_next().await? {
                    if let Either::Right(row) = row {
                        cars.push(Car::new(row.try_get_unchecked(0)?, draft!(row)));
                    }
                }
                Ok(cars)
            }

            async fn get_car(&mut self, id: Id) -> Result<Option<Car>, Error> {
                let row = sqlx::query(GET).bind(id).fetch_optional(self).await?;
                row.map(|row| Ok(Car::new(row.try_get_unchecked(0)?, draft!(row))))
                    .transpose()
            }

            async fn insert_car(&mut self, draft: &Draft) -> Result<Id, Error> {
                let query = sqlx::query(INSERT).bind(&draft.brand).bind(&draft.model);
                let result = query.bind(i32::from(draft.year)).execute(self).await?;
                $inserted_id(&result)
            }

            async fn insert_once(&mut self, draft: &Draft, key: &Key) -> Result<Inserted, Error> {
                let mut transaction = self.begin().await?;
                let id = transaction.insert_car(draft).await?;
                let query = sqlx::query(INSERT_KEY).bind(&key.0).bind(id);
                let query = query
                    .bind(&draft.brand)
                    .bind(&draft.model)
                    .bind(i32::from(draft.year));
                let outcome = query.bind(now()).execute(&mut *transaction).await;
                match outcome {
                    Ok(_) => {
                        transaction.commit().await?;
                        return Ok(Inserted::New(id));
                    }
                    Err(Error::Database(error)) if error.is_unique_violation() => {}
                    Err(error) => return Err(error),
                }
                transaction.rollback().await?;
                let row = sqlx::query(GET_KEY).bind(&key.0).fetch_one(self).await?;
                let before = draft!(row);
                if before == *draft {
                    Ok(Inserted::Again(row.try_get_unchecked(0)?))
                } else {
                    Ok(Inserted::KeyTaken)
                }
            }

            async fn replace_car(&mut self, id: Id, draft: &Draft) -> Result<bool, Error> {
                let query = sqlx::query(REPLACE).bind(&draft.brand).bind(&draft.model);
                let result = query.bind(i32::from(draft.year)).bind(id).execute(self).await?;
                Ok(result.rows_affected() > 0)
            }

            async fn delete_car(&mut self, id: Id) -> Result<bool, Error> {
                let result = sqlx::query(DELETE).bind(id).execute(self).await?;
                Ok(result.rows_affected() > 0)
            }

            async fn forget_keys(&mut self, before: i64) -> Result<u64, Error> {
                let result = sqlx::query(FORGET_KEYS).bind(before).execute(self).await?;
                Ok(result.rows_affected())
            }
        }
    };
}

/// The columns 1 to 3 of a row. Their types are those that `migrate` gives them, so they are not asked for.
macro_rules! draft {
    ($row:ident) => {
        Draft {
            brand: $row.try_get_unchecked(1)?,
            model: $row.try_get_unchecked(2)?,
            year: u16::try_from($row.try_get_unchecked::<i32, _>(3)?).map_err(|error| Error::Decode(error.into()))?,
        }
    };
}

statements!(MySqlConnection, |result: &sqlx::mysql::MySqlQueryResult| {
    Id::try_from(result.last_insert_id()).map_err(|error| Error::Decode(error.into()))
});
statements!(SqliteConnection, |result: &sqlx::sqlite::SqliteQueryResult| {
    Ok::<Id, Error>(result.last_insert_rowid())
});

/// Seconds since 1970, as keys are dated.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
