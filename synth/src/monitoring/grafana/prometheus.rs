//! What is asked of Grafana's Prometheus data source.

use serde_json::{Value as Json, json};

use crate::model::{Prometheus, System};
use crate::monitoring::Series;
use crate::monitoring::prometheus::{Names, legend, query};

pub(super) fn target(system: &System, prometheus: &Prometheus, series: &Series) -> Option<Json> {
    let names = Names::of(system, prometheus.every.0);
    Some(json!({
        "expr": query(&names, series.signal, series.summed)?,
        "legendFormat": legend(series.signal).unwrap_or(&series.label),
        "editorMode": "code",
        "range": true,
    }))
}
