//! What the services of this repository share: everything around a router that is not its business.
//!
//! ```text
//! settings     flags and environment, parsed once
//! log          lines, batched by a writer that loses none on shutdown
//! metrics      Prometheus text with OpenTelemetry's HTTP names; process, the figures of the process
//! problem      RFC 9457 problem documents
//! trace        request id and W3C traceparent
//! body         a request's body, within a size and a time
//! health       started, ready, waiting for what it depends on, draining
//! endpoints    what every service answers; openapi, the document's part of it
//! front        the one middleware that every request passes
//! connection   one TCP connection and its deadlines
//! server       accept, shed, drain
//! run          from settings to exit code; signals
//! healthcheck  asks a running service
//! testing      for the services' own tests (feature `testing`)
//! ```

pub mod body;
mod connection;
pub mod endpoints;
pub mod front;
pub mod health;
pub mod healthcheck;
mod line;
pub mod log;
pub mod metrics;
pub mod openapi;
pub mod problem;
mod process;
pub mod run;
pub mod server;
pub mod settings;
#[cfg(feature = "testing")]
pub mod testing;
mod timestamp;
pub mod trace;
