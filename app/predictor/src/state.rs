//! What the handlers share.

use std::fmt::Write as _;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use service::body::Allowed;
use service::health::Health;
use service::log::Log;
use service::metrics::{Metrics, family};

use crate::config::Config;
use crate::document::ModelError;
use crate::predict::{Model, Prediction};
use crate::{Error, PATHS, VERSION, openapi};

/// What the handlers share.
pub struct State {
    /// The model that is served.
    pub model: Model,
    /// Whether the service lives and is ready.
    pub health: Arc<Health>,
    /// What it counts of HTTP.
    pub metrics: Arc<Metrics>,
    /// Where its lines go.
    pub log: Log,
    pub(crate) openapi: Bytes,
    pub(crate) allowed: Allowed,
    pub(crate) counts: Counts,
    load_time: Duration,
}

/// What came of the requests to predict.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    positive: AtomicU64,
    negative: AtomicU64,
    rejected: AtomicU64,
}

impl State {
    /// Loads the model that the settings name.
    ///
    /// # Errors
    ///
    /// If its file cannot be read, it does not load, or it takes other features than the service.
    pub fn load(config: &Config, log: Log) -> Result<Self, Error> {
        let started = Instant::now();
        let embedded = Model::embedded().map_err(|error| Error::Model("the embedded model".to_owned(), error))?;
        let model = match &config.model {
            None => embedded,
            Some(path) => {
                let json = fs::read(path).map_err(|error| Error::ReadModel(path.clone(), error))?;
                Model::parse(&json)
                    .and_then(|model| same_features(model, &embedded))
                    .map_err(|error| Error::Model(path.display().to_string(), error))?
            }
        };
        Ok(Self {
            openapi: openapi::document(&model)?,
            model,
            health: Arc::new(Health::starting(VERSION)),
            metrics: Arc::new(Metrics::new(PATHS.to_vec())),
            log,
            allowed: Allowed {
                size: config.service.limits.body_limit,
                time: config.service.limits.body_timeout,
            },
            counts: Counts::default(),
            load_time: started.elapsed(),
        })
    }

    /// All figures in the Prometheus text format.
    pub(crate) fn figures(&self) -> String {
        let mut text = self.metrics.render(self.health.is_ready(), self.log.dropped());
        let model = &self.model;
        let [positive, negative] = model.classes();
        family(
            &mut text,
            "predictor_predictions_total",
            "counter",
            "Instances by outcome; a rejected request counts once.",
        );
        for (outcome, count) in [
            (positive, &self.counts.positive),
            (negative, &self.counts.negative),
            ("rejected", &self.counts.rejected),
        ] {
            // Writing to a string does not fail, here and below.
            let _ = writeln!(
                text,
                "predictor_predictions_total{{outcome=\"{outcome}\"}} {}",
                count.load(Ordering::Relaxed)
            );
        }
        family(&mut text, "predictor_model_info", "gauge", "The model that is served.");
        let labels = format!(
            "name=\"{}\",version=\"{}\",kind=\"{}\"",
            model.name(),
            model.version(),
            model.kind()
        );
        let _ = writeln!(text, "predictor_model_info{{{labels}}} 1");
        family(
            &mut text,
            "predictor_model_load_seconds",
            "gauge",
            "How long loading the model took.",
        );
        let _ = writeln!(text, "predictor_model_load_seconds {}", self.load_time.as_secs_f64());
        text
    }
}

impl Counts {
    pub(crate) fn add(&self, predictions: &[Prediction]) {
        let positive = predictions.iter().filter(|one| one.positive).count();
        self.positive.fetch_add(positive as u64, Ordering::Relaxed);
        self.negative
            .fetch_add((predictions.len() - positive) as u64, Ordering::Relaxed);
    }

    pub(crate) fn add_rejected(&self) {
        self.rejected.fetch_add(1, Ordering::Relaxed);
    }
}

/// A model may replace the embedded one if clients need not change what they send.
fn same_features(model: Model, interface: &Model) -> Result<Model, ModelError> {
    let names = |model: &Model, at: usize| {
        model
            .features()
            .get(at)
            .map_or_else(|| "missing".to_owned(), |feature| feature.name.clone())
    };
    let longest = model.features().len().max(interface.features().len());
    match (0..longest).find(|&at| names(&model, at) != names(interface, at)) {
        None => Ok(model),
        Some(at) => Err(ModelError::Features {
            at: at + 1,
            saw: names(&model, at),
            expected: names(interface, at),
        }),
    }
}
