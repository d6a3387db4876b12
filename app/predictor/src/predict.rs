//! Features in, prediction out. It knows nothing of HTTP.

use crate::document::{Document, Estimator, ModelError};
use crate::tree::Tree;

/// A model that is loaded and found sound.
#[derive(Debug)]
pub struct Model {
    name: String,
    version: String,
    positive: String,
    negative: String,
    threshold: f64,
    features: Vec<Feature>,
    scaler: Option<(Vec<f64>, Vec<f64>)>,
    estimator: Estimator,
}

/// One named number that a model takes.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feature {
    /// Its name in requests.
    pub name: String,
    /// The least value that the model may be asked about.
    pub minimum: f64,
    /// The greatest value that the model may be asked about.
    pub maximum: f64,
}

/// One or more instances, each with a value for every feature of the model, in its order.
#[derive(Debug, Default)]
pub struct Rows(Vec<f64>);

/// What a model says of one instance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    /// How likely the positive class is.
    pub probability: f64,
    /// Whether that reaches the model's threshold.
    pub positive: bool,
}

impl Model {
    /// The logistic model that the binary carries.
    ///
    /// # Errors
    ///
    /// Never, as the tests load it; the type says so for every document.
    pub fn embedded() -> Result<Self, ModelError> {
        Self::parse(include_bytes!("../model/logistic.json"))
    }

    /// Loads a model from its JSON document.
    ///
    /// # Errors
    ///
    /// If it is not JSON of this form, or its parts do not fit together.
    pub fn parse(json: &[u8]) -> Result<Self, ModelError> {
        let document = Document::parse(json)?;
        Ok(Self {
            name: document.name,
            version: document.version,
            positive: document.classes.positive,
            negative: document.classes.negative,
            threshold: document.threshold,
            features: document.features,
            scaler: document.scaler.map(|scaler| (scaler.mean, scaler.scale)),
            estimator: document.estimator,
        })
    }

    /// Its name, for `/v2/models/{name}` and the answers.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its version.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// What kind of estimator it is.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.estimator {
            Estimator::Logistic { .. } => "logistic",
            Estimator::Forest { .. } => "forest",
            Estimator::Boosted { .. } => "boosted",
        }
    }

    /// The features that it takes, in its order.
    #[must_use]
    pub fn features(&self) -> &[Feature] {
        &self.features
    }

    /// The names of the positive and the negative class.
    #[must_use]
    pub fn classes(&self) -> [&str; 2] {
        [&self.positive, &self.negative]
    }

    /// The name of the class that a prediction says.
    #[must_use]
    pub fn class(&self, prediction: Prediction) -> &str {
        if prediction.positive {
            &self.positive
        } else {
            &self.negative
        }
    }

    /// Predicts every instance, in order.
    #[must_use]
    pub fn predict(&self, rows: &Rows) -> Vec<Prediction> {
        let mut scaled = vec![0.0; self.features.len()];
        rows.0
            .chunks_exact(self.features.len())
            .map(|row| {
                let probability = self.probability(self.scale(row, &mut scaled));
                Prediction {
                    probability,
                    positive: probability >= self.threshold,
                }
            })
            .collect()
    }

    fn scale<'a>(&self, row: &'a [f64], scaled: &'a mut [f64]) -> &'a [f64] {
        let Some((mean, scale)) = &self.scaler else { return row };
        for (place, ((value, mean), scale)) in scaled.iter_mut().zip(row.iter().zip(mean).zip(scale)) {
            *place = (value - mean) / scale;
        }
        scaled
    }

    fn probability(&self, row: &[f64]) -> f64 {
        match &self.estimator {
            Estimator::Logistic {
                coefficients,
                intercept,
            } => {
                let products = row.iter().zip(coefficients).map(|(value, weight)| value * weight);
                sigmoid(products.sum::<f64>() + intercept)
            }
            Estimator::Forest { trees } => {
                let trees_of_forest = u32::try_from(trees.len()).map_or(f64::INFINITY, f64::from);
                sum(trees, row) / trees_of_forest
            }
            Estimator::Boosted {
                initial,
                learning_rate,
                trees,
            } => sigmoid(initial + learning_rate * sum(trees, row)),
        }
    }
}

impl Rows {
    /// Room for so many instances of a model.
    #[must_use]
    pub fn with_capacity(model: &Model, rows: usize) -> Self {
        Self(Vec::with_capacity(rows * model.features.len()))
    }

    /// Adds an instance; its values are in the order of the model's features and as many.
    pub fn push(&mut self, row: &[f64]) {
        self.0.extend_from_slice(row);
    }
}

fn sum(trees: &[Tree], row: &[f64]) -> f64 {
    trees.iter().map(|tree| tree.value(row)).sum()
}

fn sigmoid(score: f64) -> f64 {
    1.0 / (1.0 + (-score).exp())
}
