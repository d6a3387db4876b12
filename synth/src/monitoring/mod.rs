//! What is watched, in words of no platform: an alert is a condition over signals, a panel a chart over signals.
//!
//! A [`Signal`] is a number that changes. A [`Watch`] says when somebody is told of it, a [`Chart`] how it is drawn.
//! What they mean is said here and nowhere else; `cloudwatch`, `prometheus` and `grafana` only print it.

mod chart;
pub(crate) mod cloudwatch;
pub(crate) mod grafana;
pub(crate) mod prometheus;
mod signal;
mod watch;

pub use chart::{Chart, Series, Unit};
pub use signal::{Of, Signal, Summed};
pub use watch::{Extent, Lasting, Measure, Side, Unknown, Watch};
