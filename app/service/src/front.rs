//! The one middleware that every request passes: its id, its limits, its figures, its log line, and
//! what happens when a handler panics or takes too long.

use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::task::Poll;
use std::time::{Duration, Instant};

use axum::body::HttpBody;
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{BoxError, Router};
use bytes::Bytes;
use tower_service::Service;

use crate::log::{Level, Log, Value};
use crate::metrics::{self, Metrics};
use crate::problem::{self, Problem};
use crate::settings::Limits;
use crate::trace::{REQUEST_ID, RequestId, TraceParent};

/// A router and what stands before it. Clones share both.
#[derive(Clone)]
pub struct Front(Arc<Inner>);

struct Inner {
    router: Router,
    probes: Vec<&'static str>,
    metrics: Arc<Metrics>,
    log: Log,
    /// The requests that hold a place: all but probes, which may neither be refused one nor take another's.
    places_taken: AtomicI64,
    max_in_flight: i64,
    request_timeout: Duration,
}

impl Front {
    /// Puts the middleware before a router. The `probes` are paths that answer even when the limit of
    /// requests is reached: an orchestrator must not take a busy service for a dead one.
    #[must_use]
    pub fn new(router: Router, probes: Vec<&'static str>, metrics: Arc<Metrics>, log: Log, limits: &Limits) -> Self {
        Self(Arc::new(Inner {
            router,
            probes,
            metrics,
            log,
            places_taken: AtomicI64::new(0),
            max_in_flight: i64::try_from(limits.max_in_flight.get()).unwrap_or(i64::MAX),
            request_timeout: limits.request_timeout,
        }))
    }

    /// Answers one request.
    pub async fn handle<B>(&self, request: Request<B>) -> Response
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let exchange = Exchange::open(&self.0, &request);
        let response = if exchange.is_over_limit() {
            self.0.metrics.count_shed();
            Problem::new(StatusCode::SERVICE_UNAVAILABLE)
                .detail("the service has as many requests as it can handle")
                .retry_after(1)
                .into_response()
        } else {
            self.0.guarded(self.0.router.clone().call(request)).await
        };
        exchange.close(response)
    }

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    pub(crate) fn log(&self) -> &Log {
        &self.0.log
    }
}

impl Inner {
    /// The number of the place that a request to a route takes; none for a probe.
    fn place(&self, route: usize) -> Option<i64> {
        let probe = self.probes.contains(&self.metrics.route_name(route));
        (!probe).then(|| self.places_taken.fetch_add(1, Ordering::Relaxed) + 1)
    }

    /// Awaits a handler, but not for ever, and survives its panic.
    async fn guarded(&self, answer: impl Future<Output = Result<Response, Infallible>>) -> Response {
        let mut answer = pin!(answer);
        // Most handlers are done at the first poll and need no timer.
        let mut first = None;
        poll_fn(|context| {
            first = Some(poll_once(answer.as_mut(), context));
            Poll::Ready(())
        })
        .await;
        let outcome = if let Some(Poll::Ready(outcome)) = first {
            outcome
        } else {
            let rest = poll_fn(|context| poll_once(answer.as_mut(), context));
            let Ok(outcome) = tokio::time::timeout(self.request_timeout, rest).await else {
                return Problem::new(StatusCode::SERVICE_UNAVAILABLE)
                    .detail("the request took too long")
                    .into_response();
            };
            outcome
        };
        outcome.unwrap_or_else(|Panicked| {
            self.metrics.count_panic();
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR).into_response()
        })
    }
}

struct Panicked;

fn poll_once<F>(answer: Pin<&mut F>, context: &mut std::task::Context<'_>) -> Poll<Result<Response, Panicked>>
where
    F: Future<Output = Result<Response, Infallible>>,
{
    // After a panic the future is never polled again, only dropped.
    match catch_unwind(AssertUnwindSafe(|| answer.poll(context))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(Ok(response))) => Poll::Ready(Ok(response)),
        Ok(Poll::Ready(Err(never))) => match never {},
        Err(_) => Poll::Ready(Err(Panicked)),
    }
}

/// One request from its head to its answer. It is counted and logged when it ends, however it ends.
struct Exchange<'a> {
    front: &'a Inner,
    started: Instant,
    route: usize,
    method: usize,
    place: Option<i64>,
    id: Option<RequestId>,
    trace: Option<TraceParent>,
    ended: bool,
}

impl<'a> Exchange<'a> {
    fn open<B>(front: &'a Inner, request: &Request<B>) -> Self {
        let route = front.metrics.route(request.uri().path());
        front.metrics.enter();
        Self {
            front,
            started: Instant::now(),
            route,
            method: metrics::method(request.method()),
            place: front.place(route),
            id: Some(RequestId::of(request.headers())),
            trace: TraceParent::of(request.headers()),
            ended: false,
        }
    }

    fn is_over_limit(&self) -> bool {
        self.place.is_some_and(|place| place > self.front.max_in_flight)
    }

    fn close(mut self, response: Response) -> Response {
        let mut response = if problem::is_foreign_error(&response) {
            problem::translate(response)
        } else {
            response
        };
        self.end(response.status());
        if let Some(id) = self.id.take() {
            response.headers_mut().insert(REQUEST_ID, id.into_header());
        }
        response
    }

    fn end(&mut self, status: StatusCode) {
        self.ended = true;
        let took = self.started.elapsed();
        self.front.metrics.leave();
        if self.place.is_some() {
            self.front.places_taken.fetch_sub(1, Ordering::Relaxed);
        }
        self.front.metrics.record(self.route, self.method, status, took);
        let level = if status.is_server_error() {
            Level::Error
        } else {
            Level::Info
        };
        if !self.front.log.keeps(level) {
            return;
        }
        let fields = self.fields(status, took);
        let named = if self.trace.is_some() {
            fields.len()
        } else {
            fields.len() - 2
        };
        self.front.log.line(level, "request", &fields[..named]);
    }

    /// What is logged of a request, the last two of its trace. The path and the query may hold personal data, so only
    /// the route is.
    fn fields(&self, status: StatusCode, took: Duration) -> [(&'static str, Value<'_>); 7] {
        let id = self.id.as_ref().map_or(&b""[..], RequestId::as_bytes);
        let method = metrics::method_name(self.method).as_bytes();
        let route = self.front.metrics.route_name(self.route).as_bytes();
        let took = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let trace = self.trace.as_ref();
        [
            ("request_id", Value::Plain(id)),
            ("method", Value::Plain(method)),
            ("route", Value::Plain(route)),
            ("status", Value::Number(status.as_u16().into())),
            ("duration_us", Value::Number(took)),
            ("trace_id", Value::Plain(trace.map_or(&b""[..], TraceParent::trace_id))),
            (
                "parent_id",
                Value::Plain(trace.map_or(&b""[..], TraceParent::parent_id)),
            ),
        ]
    }
}

impl Drop for Exchange<'_> {
    fn drop(&mut self) {
        if !self.ended {
            // The client left; 499 is what nginx made the usual number for it.
            self.end(StatusCode::from_u16(499).unwrap_or(StatusCode::BAD_REQUEST));
        }
    }
}
