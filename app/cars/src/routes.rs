//! The handlers: each parses, calls, answers.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Query, State as Shared};
use axum::http::header::{CONTENT_TYPE, LINK, LOCATION};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use service::body;
use service::health::{json as answer, json_of_size};
use service::problem::{FieldError, Place, Problem};

use crate::State;
use crate::car::{Car, Draft};
use crate::query::{self, IDEMPOTENCY_KEY, Key, Page};
use crate::store::{Inserted, Store};

type Service<S> = Shared<Arc<State<S>>>;

/// Most cars are shorter, as JSON.
const CAR_SIZE: usize = 80;
/// Says that the answer is the one that an earlier request with the same key got.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

pub(crate) async fn list<S: Store>(
    Shared(state): Service<S>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let page = Page::parse(&query)?;
    let mut cars = state.store.list(page).await?;
    let more = cars.len() > page.limit as usize;
    cars.truncate(page.limit as usize);
    let mut response = json_of_size(&cars, cars.len() * CAR_SIZE);
    if let Some(last) = cars.last().filter(|_| more)
        && let Ok(link) = HeaderValue::try_from(page.link_after(last))
    {
        response.headers_mut().insert(LINK, link);
    }
    Ok(response)
}

pub(crate) async fn add<S: Store>(
    Shared(state): Service<S>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let key = Key::of(&headers)?;
    let draft = Draft::parse(&body::json(&headers, body, state.allowed).await?)?;
    let (id, replayed) = match state.store.insert(draft.clone(), key).await? {
        Inserted::New(id) => (id, false),
        Inserted::Again(id) => (id, true),
        Inserted::KeyTaken => {
            return Err(Problem::invalid(vec![FieldError {
                at: Place::Header(IDEMPOTENCY_KEY),
                detail: "has added another car before; each new request needs a new key".to_owned(),
            }]));
        }
    };
    let mut response = (StatusCode::CREATED, answer(&Car::new(id, draft))).into_response();
    let headers = response.headers_mut();
    if let Ok(location) = HeaderValue::try_from(format!("/cars/{id}")) {
        headers.insert(LOCATION, location);
    }
    if replayed {
        headers.insert(REPLAYED, HeaderValue::from_static("true"));
    }
    Ok(response)
}

pub(crate) async fn show<S: Store>(Shared(state): Service<S>, Path(id): Path<String>) -> Result<Response, Problem> {
    let car = state.store.get(query::id(&id)?).await?;
    car.map(|car| answer(&car)).ok_or_else(query::no_such_car)
}

pub(crate) async fn replace<S: Store>(
    Shared(state): Service<S>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let id = query::id(&id)?;
    let draft = Draft::parse(&body::json(&headers, body, state.allowed).await?)?;
    let found = state.store.replace(id, draft.clone()).await?;
    found
        .then(|| answer(&Car::new(id, draft)))
        .ok_or_else(query::no_such_car)
}

pub(crate) async fn remove<S: Store>(Shared(state): Service<S>, Path(id): Path<String>) -> Result<Response, Problem> {
    let found = state.store.delete(query::id(&id)?).await?;
    found
        .then(|| StatusCode::NO_CONTENT.into_response())
        .ok_or_else(query::no_such_car)
}

/// The answer that the system documents, for those who set it up by hand.
pub(crate) async fn create_table<S: Store>(Shared(state): Service<S>) -> Result<Response, Problem> {
    state.store.ensure_tables().await?;
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], "Tabla cars creada").into_response())
}
