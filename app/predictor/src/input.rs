//! The body of `POST /predict`: read in one pass into rows of numbers, or into a list of what is
//! wrong with which field.

use serde::de::DeserializeSeed;
use service::problem::{FieldError, Place, Problem};

use crate::number::Given;
use crate::predict::{Model, Rows};
use crate::seeds::Top;

/// The most instances of one request.
pub const BATCH_LIMIT: usize = 256;
/// The most fields that one answer complains of.
const ERROR_LIMIT: usize = 32;

/// Instances to predict, and whether they came as a batch.
#[derive(Debug)]
pub struct Input {
    /// The instances.
    pub rows: Rows,
    /// Whether the answer is a list.
    pub batch: bool,
}

impl Input {
    /// Reads `{"features": {…}}` or `{"instances": [{…}, …]}`.
    ///
    /// # Errors
    ///
    /// 400 if the body is not JSON, 422 with the fields that are wrong otherwise.
    pub fn parse(body: &[u8], model: &Model) -> Result<Self, Problem> {
        let mut reader = Reader::new(model);
        let mut json = serde_json::Deserializer::from_slice(body);
        let outcome = Top(&mut reader).deserialize(&mut json).and_then(|()| json.end());
        if let Err(error) = outcome {
            return Err(reader.problem(&error));
        }
        match reader.seen {
            Some(batch) if reader.errors.is_empty() => Ok(Self {
                rows: reader.rows,
                batch,
            }),
            Some(_) => Err(Problem::invalid(reader.errors)),
            None => {
                reader.complain(String::new(), "expected `features` or `instances`");
                Err(Problem::invalid(reader.errors))
            }
        }
    }
}

/// What has been read so far.
pub(crate) struct Reader<'m> {
    pub(crate) model: &'m Model,
    rows: Rows,
    row: Vec<f64>,
    given: Vec<bool>,
    errors: Vec<FieldError>,
    pub(crate) seen: Option<bool>,
    /// Where the reader is and what it expects there, for errors that end the reading.
    place: String,
    pub(crate) feature: Option<usize>,
    expected: &'static str,
}

impl<'m> Reader<'m> {
    fn new(model: &'m Model) -> Self {
        let width = model.features().len();
        Self {
            model,
            rows: Rows::with_capacity(model, 1),
            row: vec![0.0; width],
            given: vec![false; width],
            errors: Vec::new(),
            seen: None,
            place: String::new(),
            feature: None,
            expected: "expected an object with `features` or `instances`",
        }
    }

    pub(crate) fn complain(&mut self, pointer: String, detail: impl Into<String>) {
        if self.errors.len() < ERROR_LIMIT {
            self.errors.push(FieldError {
                at: Place::Pointer(pointer),
                detail: detail.into(),
            });
        }
    }

    pub(crate) fn at(&self, field: &str) -> String {
        format!("{}/{}", self.place, field.replace('~', "~0").replace('/', "~1"))
    }

    pub(crate) fn enter(&mut self, place: String, expected: &'static str) {
        self.place = place;
        self.expected = expected;
    }

    fn problem(mut self, error: &serde_json::Error) -> Problem {
        // serde_json takes a number too large for a double for broken syntax; it is valid JSON.
        let overflow = error.to_string().starts_with("number out of range");
        if overflow && let Some(feature) = self.feature {
            let feature = &self.model.features()[feature];
            let (pointer, detail) = (self.at(&feature.name), limits(feature.minimum, feature.maximum));
            self.complain(pointer, detail);
        } else if error.is_data() {
            let pointer = self.place.clone();
            self.complain(pointer, self.expected);
        } else {
            return Problem::not_json(error);
        }
        Problem::invalid(self.errors)
    }

    pub(crate) fn take(&mut self, feature: usize, given: Given) {
        let expected = &self.model.features()[feature];
        let pointer = |reader: &Self| reader.at(&expected.name);
        if self.given[feature] {
            self.complain(pointer(self), "is given twice");
        }
        self.given[feature] = true;
        match given {
            Given::Number(value) if (expected.minimum..=expected.maximum).contains(&value) => {
                self.row[feature] = value;
            }
            Given::Number(_) => self.complain(pointer(self), limits(expected.minimum, expected.maximum)),
            Given::Other(what) => self.complain(pointer(self), format!("expected a number, saw {what}")),
        }
    }

    pub(crate) fn finish_row(&mut self) {
        for feature in 0..self.given.len() {
            if !std::mem::take(&mut self.given[feature]) {
                let pointer = self.at(&self.model.features()[feature].name);
                self.complain(pointer, "is missing");
            }
        }
        self.rows.push(&self.row);
    }
}

pub(crate) fn limits(minimum: f64, maximum: f64) -> String {
    format!("expected a number from {minimum} to {maximum}")
}
