//! What Prometheus scrapes: HTTP figures under OpenTelemetry's names, for
//! <https://opentelemetry.io/docs/specs/semconv/http/http-metrics/>, and the process.

use std::fmt::Write as _;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::http::{Method, StatusCode};

/// The buckets that OpenTelemetry advises for request durations, in microseconds.
const BOUNDS: [u64; 14] = [
    5_000, 10_000, 25_000, 50_000, 75_000, 100_000, 250_000, 500_000, 750_000, 1_000_000, 2_500_000, 5_000_000,
    7_500_000, 10_000_000,
];
/// The label for a method that HTTP does not define, as a client may send any.
const METHODS: [&str; 9] = [
    "GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "_OTHER",
];
/// The statuses that a service answers; 499 is a client that left before the answer.
const STATUSES: [u16; 15] = [200, 201, 204, 400, 404, 405, 408, 409, 413, 415, 422, 499, 500, 503, 0];

/// The counters of one service.
pub struct Metrics {
    routes: Vec<&'static str>,
    series: Vec<OnceLock<Box<Series>>>,
    in_flight: AtomicI64,
    shed: AtomicU64,
    panics: AtomicU64,
    connections: AtomicI64,
    started: SystemTime,
}

/// The requests of one route, method and status.
#[derive(Default)]
struct Series {
    buckets: [AtomicU64; BOUNDS.len() + 1],
    micros: AtomicU64,
}

impl Metrics {
    /// Nothing counted, for the routes of a router.
    #[must_use]
    pub fn new(routes: Vec<&'static str>) -> Self {
        let cells = (routes.len() + 1) * METHODS.len() * STATUSES.len();
        Self {
            routes,
            series: (0..cells).map(|_| OnceLock::new()).collect(),
            in_flight: AtomicI64::new(0),
            shed: AtomicU64::new(0),
            panics: AtomicU64::new(0),
            connections: AtomicI64::new(0),
            started: SystemTime::now(),
        }
    }

    /// The index of the route that a path belongs to, for [`Metrics::record`].
    pub(crate) fn route(&self, path: &str) -> usize {
        let exact = self.routes.iter().position(|route| *route == path);
        exact
            .or_else(|| {
                self.routes
                    .iter()
                    .position(|route| route.contains('{') && matches(route, path))
            })
            .unwrap_or(self.routes.len())
    }

    /// The route of an index, or nothing for a path that has none.
    pub(crate) fn route_name(&self, index: usize) -> &'static str {
        self.routes.get(index).copied().unwrap_or_default()
    }

    pub(crate) fn record(&self, route: usize, method: usize, status: StatusCode, took: Duration) {
        let status = status.as_u16();
        let status = STATUSES
            .iter()
            .position(|known| *known == status)
            .unwrap_or(STATUSES.len() - 1);
        let cell = (route * METHODS.len() + method) * STATUSES.len() + status;
        let series = self.series[cell].get_or_init(Box::default);
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let bucket = BOUNDS.iter().position(|bound| micros <= *bound).unwrap_or(BOUNDS.len());
        series.buckets[bucket].fetch_add(1, Ordering::Relaxed);
        series.micros.fetch_add(micros, Ordering::Relaxed);
    }

    /// Counts a request in and says how many there are now.
    pub(crate) fn enter(&self) {
        self.in_flight.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn leave(&self) {
        self.in_flight.fetch_sub(1, Ordering::Relaxed);
    }

    pub(crate) fn count_shed(&self) {
        self.shed.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn count_panic(&self) {
        self.panics.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn count_connections(&self, change: i64) {
        self.connections.fetch_add(change, Ordering::Relaxed);
    }

    /// All figures in the Prometheus text format.
    #[must_use]
    pub fn render(&self, ready: bool, log_lines_dropped: u64) -> String {
        let mut text = String::with_capacity(8 * 1024);
        self.render_durations(&mut text);
        for (name, kind, help, value) in self.figures(ready, log_lines_dropped) {
            family(&mut text, name, kind, help);
            // Writing to a string does not fail, here and below.
            let _ = writeln!(text, "{name} {value}");
        }
        let started = self.started.duration_since(UNIX_EPOCH).unwrap_or_default();
        crate::process::render(&mut text, started.as_secs_f64());
        text
    }

    /// What is one number: its name, its kind, what it is, and its value.
    fn figures(&self, ready: bool, log_lines_dropped: u64) -> [Figure; 6] {
        [
            (
                "http_server_active_requests",
                "gauge",
                "Requests in flight.",
                signed(&self.in_flight),
            ),
            (
                "http_server_open_connections",
                "gauge",
                "Open connections.",
                signed(&self.connections),
            ),
            (
                "http_server_shed_total",
                "counter",
                "Requests and connections refused over a limit.",
                self.shed.load(Ordering::Relaxed),
            ),
            (
                "http_server_panics_total",
                "counter",
                "Handlers that panicked.",
                self.panics.load(Ordering::Relaxed),
            ),
            (
                "log_lines_dropped_total",
                "counter",
                "Log lines that could not be kept.",
                log_lines_dropped,
            ),
            (
                "service_ready",
                "gauge",
                "Whether the service wants requests.",
                u64::from(ready),
            ),
        ]
    }

    fn render_durations(&self, text: &mut String) {
        const NAME: &str = "http_server_request_duration_seconds";
        family(text, NAME, "histogram", "Duration of HTTP requests.");
        for (cell, series) in self.series.iter().enumerate() {
            let Some(series) = series.get() else { continue };
            let labels = self.labels(cell);
            let mut count = 0;
            for (bucket, bound) in series.buckets.iter().zip(bounds()) {
                count += bucket.load(Ordering::Relaxed);
                let _ = writeln!(text, "{NAME}_bucket{{{labels},le=\"{bound}\"}} {count}");
            }
            let sum = Duration::from_micros(series.micros.load(Ordering::Relaxed)).as_secs_f64();
            let _ = writeln!(text, "{NAME}_sum{{{labels}}} {sum}\n{NAME}_count{{{labels}}} {count}");
        }
    }

    fn labels(&self, cell: usize) -> String {
        let route = self.route_name(cell / (METHODS.len() * STATUSES.len()));
        let method = METHODS[cell / STATUSES.len() % METHODS.len()];
        let status = match STATUSES[cell % STATUSES.len()] {
            0 => "other".to_owned(),
            known => known.to_string(),
        };
        format!("http_request_method=\"{method}\",http_response_status_code=\"{status}\",http_route=\"{route}\"")
    }
}

/// The index of a method among those that are counted apart.
pub(crate) fn method(method: &Method) -> usize {
    METHODS
        .iter()
        .position(|known| *known == method.as_str())
        .unwrap_or(METHODS.len() - 1)
}

/// The name of a method by its index.
pub(crate) fn method_name(index: usize) -> &'static str {
    METHODS[index]
}

/// Opens a metric family in the Prometheus text format.
pub fn family(text: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

type Figure = (&'static str, &'static str, &'static str, u64);

fn signed(gauge: &AtomicI64) -> u64 {
    u64::try_from(gauge.load(Ordering::Relaxed)).unwrap_or_default()
}

fn bounds() -> impl Iterator<Item = String> {
    let finite = BOUNDS
        .iter()
        .map(|micros| Duration::from_micros(*micros).as_secs_f64().to_string());
    finite.chain(["+Inf".to_owned()])
}

/// Whether a path is of a route with `{}` segments; such a segment takes anything but nothing.
fn matches(route: &str, path: &str) -> bool {
    let mut segments = path.split('/');
    route.split('/').all(|expected| {
        segments
            .next()
            .is_some_and(|segment| segment == expected || (expected.starts_with('{') && !segment.is_empty()))
    }) && segments.next().is_none()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::time::Duration;

    use axum::http::{Method, StatusCode};

    use super::Metrics;

    fn metrics() -> Metrics {
        Metrics::new(vec!["/", "/predict", "/v2/models/{name}", "/v2/models/{name}/infer"])
    }

    #[test]
    fn a_path_is_counted_under_the_pattern_of_its_route() {
        let metrics = metrics();
        for (path, route) in [
            ("/predict", "/predict"),
            ("/v2/models/a", "/v2/models/{name}"),
            ("/v2/models/a/infer", "/v2/models/{name}/infer"),
            ("/v2/models/", ""),
            ("/predict/", ""),
            ("/v2/models/a/b/infer", ""),
        ] {
            assert_eq!(metrics.route_name(metrics.route(path)), route, "{path}");
        }
    }

    #[test]
    fn buckets_count_all_that_is_not_longer() {
        let metrics = metrics();
        let get = super::method(&Method::GET);
        for millis in [1, 5, 6, 20_000] {
            metrics.record(1, get, StatusCode::OK, Duration::from_millis(millis));
        }
        let text = metrics.render(true, 0);
        let labels = "http_request_method=\"GET\",http_response_status_code=\"200\",http_route=\"/predict\"";
        for (end, value) in [
            (format!("_bucket{{{labels},le=\"0.005\"}}"), "2"),
            (format!("_bucket{{{labels},le=\"10\"}}"), "3"),
            (format!("_bucket{{{labels},le=\"+Inf\"}}"), "4"),
            (format!("_sum{{{labels}}}"), "20.012"),
        ] {
            let line = format!("http_server_request_duration_seconds{end} {value}\n");
            assert!(text.contains(&line), "{line} is not in {text}");
        }
    }

    #[test]
    fn all_that_is_told_is_listed_with_its_labels() {
        let metrics = metrics();
        metrics.record(1, 0, StatusCode::OK, Duration::ZERO);
        let text = metrics.render(true, 0);
        let names = text.lines().filter(|line| !line.starts_with('#')).map(|line| {
            let parts = line.rsplit_once(' ').unwrap().0.split(['{', ',', '}']);
            let parts = parts.filter(|part| !part.is_empty());
            parts
                .map(|part| part.split('=').next().unwrap())
                .collect::<Vec<_>>()
                .join(" ")
        });
        let listed = include_str!("figures.txt")
            .lines()
            .filter(|line| !line.starts_with('#'));
        assert_eq!(names.collect::<BTreeSet<_>>(), listed.map(str::to_owned).collect());
    }
}
