//! A request's body as bytes: of the right type, within a size, within a time.

use std::time::Duration;

use axum::body::Body;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;

use crate::problem::Problem;

/// How large a body may be and how long it may take.
#[derive(Clone, Copy, Debug)]
pub struct Allowed {
    /// The most bytes.
    pub size: usize,
    /// The longest time.
    pub time: Duration,
}

/// Reads a JSON body.
///
/// # Errors
///
/// 415 if the head does not say that it is JSON, 413 if it is too large, 408 if it takes too long,
/// 400 if it breaks off.
pub async fn json(headers: &HeaderMap, body: Body, allowed: Allowed) -> Result<Bytes, Problem> {
    if !says_json(headers) {
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE)
            .detail("the body must be JSON and `content-type` must say `application/json`"));
    }
    let announced = headers
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: usize| length > allowed.size) {
        return Err(too_large(allowed.size));
    }
    tokio::time::timeout(allowed.time, collect(body, allowed.size))
        .await
        .unwrap_or_else(|_| Err(Problem::new(StatusCode::REQUEST_TIMEOUT).detail("the body took too long to arrive")))
}

async fn collect(mut body: Body, size: usize) -> Result<Bytes, Problem> {
    let mut whole = BytesMut::new();
    let mut first = Bytes::new();
    while let Some(frame) = body.frame().await {
        let frame =
            frame.map_err(|_| Problem::new(StatusCode::BAD_REQUEST).detail("the body broke off before its end"))?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        if first.len() + whole.len() + data.len() > size {
            return Err(too_large(size));
        }
        if first.is_empty() && whole.is_empty() {
            // Most bodies are one piece, which needs no copy.
            first = data;
        } else {
            whole.extend_from_slice(&std::mem::take(&mut first));
            whole.extend_from_slice(&data);
        }
    }
    Ok(if whole.is_empty() { first } else { whole.freeze() })
}

fn too_large(size: usize) -> Problem {
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE).detail(format!("a body may have {size} bytes"))
}

fn says_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let essence = value.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}
