//! What is asked of Grafana's Prometheus data source.

use serde_json::{Value as Json, json};

use crate::monitoring::Series;
use crate::monitoring::prometheus::{Names, legend, query};

pub(super) fn target(names: &Names, series: &Series) -> Option<Json> {
    Some(json!({
        "expr": query(names, series.signal, series.summed)?,
        "legendFormat": legend(series.signal).unwrap_or(&series.label),
        "editorMode": "code",
        "range": true,
    }))
}
