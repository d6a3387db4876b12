//! The handlers: each parses, calls, answers.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State as Shared};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;
use service::body;
use service::health::json as answer;
use service::problem::Problem;

use crate::State;
use crate::input::Input;
use crate::predict::{Model, Prediction};
use crate::v2::{self, Inference};

type Service = Shared<Arc<State>>;

/// The contract that the systems were made for: a sample score, byte for byte.
pub(crate) async fn sample() -> Response {
    ([(CONTENT_TYPE, "application/json")], r#"{"score":0.75}"#).into_response()
}

#[derive(Serialize)]
struct Outcome<'a> {
    class: &'a str,
    probability: f64,
}

#[derive(Serialize)]
struct One<'a> {
    model: &'a str,
    version: &'a str,
    #[serde(flatten)]
    outcome: Outcome<'a>,
}

#[derive(Serialize)]
struct Batch<'a> {
    model: &'a str,
    version: &'a str,
    predictions: Vec<Outcome<'a>>,
}

impl<'a> Outcome<'a> {
    fn new(model: &'a Model, prediction: Prediction) -> Self {
        Self {
            class: model.class(prediction),
            probability: prediction.probability,
        }
    }
}

pub(crate) async fn predict(Shared(state): Service, headers: HeaderMap, body: Body) -> Result<Response, Problem> {
    let input = read(&state, &headers, body, Input::parse).await?;
    let model = &state.model;
    let predictions = model.predict(&input.rows);
    state.counts.add(&predictions);
    let (name, version) = (model.name(), model.version());
    match predictions[..] {
        [prediction] if !input.batch => {
            let outcome = Outcome::new(model, prediction);
            Ok(answer(&One {
                model: name,
                version,
                outcome,
            }))
        }
        _ => {
            let predictions = predictions.iter().map(|one| Outcome::new(model, *one)).collect();
            Ok(answer(&Batch {
                model: name,
                version,
                predictions,
            }))
        }
    }
}

/// Reads and parses a body, and counts the request as rejected if that fails.
async fn read<T>(
    state: &State,
    headers: &HeaderMap,
    body: Body,
    parse: impl FnOnce(&[u8], &Model) -> Result<T, Problem>,
) -> Result<T, Problem> {
    let parsed = match body::json(headers, body, state.allowed).await {
        Ok(body) => parse(&body, &state.model),
        Err(problem) => Err(problem),
    };
    parsed.inspect_err(|_| state.counts.add_rejected())
}

/// What a path of the Open Inference Protocol names.
#[derive(Deserialize)]
pub(crate) struct Named {
    name: String,
    version: Option<String>,
}

impl Named {
    /// The model, if it is the one that is served.
    fn find<'a>(&self, state: &'a State) -> Result<&'a Model, Problem> {
        let model = &state.model;
        let right_version = self.version.as_ref().is_none_or(|version| version == model.version());
        if self.name == model.name() && right_version {
            return Ok(model);
        }
        let detail = format!("the only model is `{}`, version `{}`", model.name(), model.version());
        Err(Problem::new(StatusCode::NOT_FOUND).detail(detail).with_error_member())
    }
}

pub(crate) async fn v2_server() -> Response {
    answer(&v2::server())
}

pub(crate) async fn v2_live() -> Response {
    answer(&json!({ "live": true }))
}

pub(crate) async fn v2_ready(Shared(state): Service) -> Response {
    if state.health.is_ready() {
        answer(&json!({ "ready": true }))
    } else {
        state.health.readiness()
    }
}

pub(crate) async fn v2_model(Shared(state): Service, Path(named): Path<Named>) -> Result<Response, Problem> {
    named.find(&state).map(|model| answer(&v2::metadata(model)))
}

pub(crate) async fn v2_model_ready(Shared(state): Service, Path(named): Path<Named>) -> Result<Response, Problem> {
    let model = named.find(&state)?;
    if !state.health.is_ready() {
        return Ok(state.health.readiness());
    }
    Ok(answer(&json!({ "name": model.name(), "ready": true })))
}

pub(crate) async fn v2_infer(
    Shared(state): Service,
    Path(named): Path<Named>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let model = named.find(&state)?;
    let inference = read(&state, &headers, body, Inference::parse)
        .await
        .map_err(Problem::with_error_member)?;
    let predictions = model.predict(&inference.rows);
    state.counts.add(&predictions);
    Ok(answer(&inference.answer(model, &predictions)))
}
