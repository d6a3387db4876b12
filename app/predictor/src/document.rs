//! A model as a JSON document, and whether its parts fit together.

use serde::Deserialize;

use crate::predict::Feature;
use crate::tree::Tree;

const FORMAT: &str = "predictor-model/1";

/// Why a document is no model.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// It is not JSON of the right form.
    #[error("the model is not a `{FORMAT}` document: {0}")]
    Form(#[from] serde_json::Error),
    /// It is of the right form, but its parts do not fit together.
    #[error("the model does not fit together: {0}")]
    Unsound(String),
    /// It takes other features than the interface of the service has.
    #[error(
        "the model's features differ from those that the service takes: feature {at} is `{saw}` instead of `{expected}`; \
         train it on the same features in the same order"
    )]
    Features {
        /// Which, counted from 1.
        at: usize,
        /// Its name in the model.
        saw: String,
        /// Its name in the interface.
        expected: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Document {
    format: String,
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) classes: Classes,
    pub(crate) threshold: f64,
    pub(crate) features: Vec<Feature>,
    pub(crate) scaler: Option<Scaler>,
    pub(crate) estimator: Estimator,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Classes {
    pub(crate) positive: String,
    pub(crate) negative: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scaler {
    pub(crate) mean: Vec<f64>,
    pub(crate) scale: Vec<f64>,
}

/// What computes the probability of the positive class.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum Estimator {
    Logistic {
        coefficients: Vec<f64>,
        intercept: f64,
    },
    Forest {
        trees: Vec<Tree>,
    },
    Boosted {
        initial: f64,
        learning_rate: f64,
        trees: Vec<Tree>,
    },
}

impl Document {
    pub(crate) fn parse(json: &[u8]) -> Result<Self, ModelError> {
        let document: Self = serde_json::from_slice(json)?;
        document.check().map_err(ModelError::Unsound)?;
        Ok(document)
    }

    fn check(&self) -> Result<(), String> {
        let width = self.features.len();
        same(self.format.as_str(), FORMAT, "`format`")?;
        if !is_plain(&self.name) || !is_plain(&self.version) {
            return Err("`name` and `version` must be letters, digits, `-`, `_` and `.`".to_owned());
        }
        if !(0.0..=1.0).contains(&self.threshold) {
            return Err(format!("`threshold` is {} and must be a probability", self.threshold));
        }
        if let Some(feature) = self.features.iter().find(|feature| feature.minimum >= feature.maximum) {
            return Err(format!("feature `{}` has no value between its limits", feature.name));
        }
        if let Some(scaler) = &self.scaler {
            same(&scaler.mean.len(), &width, "the length of `scaler.mean`")?;
            same(&scaler.scale.len(), &width, "the length of `scaler.scale`")?;
            if scaler.scale.contains(&0.0) {
                return Err("`scaler.scale` has a 0, by which nothing can be divided".to_owned());
            }
        }
        match &self.estimator {
            Estimator::Logistic { coefficients, .. } => {
                same(&coefficients.len(), &width, "the length of `estimator.coefficients`")
            }
            Estimator::Forest { trees } | Estimator::Boosted { trees, .. } => check_trees(trees, width),
        }
    }
}

fn check_trees(trees: &[Tree], width: usize) -> Result<(), String> {
    if trees.is_empty() {
        return Err("`estimator.trees` is empty".to_owned());
    }
    match trees.iter().map(Tree::widest).find(|widest| *widest >= width) {
        Some(widest) => Err(format!("a tree looks at feature {widest} of {width}")),
        None => Ok(()),
    }
}

fn same<T: PartialEq + std::fmt::Display + ?Sized>(saw: &T, expected: &T, what: &str) -> Result<(), String> {
    if saw == expected {
        Ok(())
    } else {
        Err(format!("{what} is {saw} and must be {expected}"))
    }
}

/// Whether a text can stand in a path and in a metric's label as it is.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}
