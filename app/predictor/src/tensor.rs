//! The numbers of a tensor, nested in rows or flat in row-major order; both are common.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, SeqAccess, Visitor};

/// The types of numbers that a tensor may have.
#[derive(Clone, Copy, Debug, serde::Deserialize)]
pub(crate) enum Datatype {
    #[serde(rename = "FP32")]
    Single,
    #[serde(rename = "FP64")]
    Double,
}

impl Datatype {
    /// The number that a client of this type means.
    #[expect(clippy::cast_possible_truncation, reason = "the rounding is wanted")]
    pub(crate) fn rounded(self, value: f64) -> f64 {
        match self {
            Self::Single => f64::from(value as f32),
            Self::Double => value,
        }
    }
}

/// The numbers in row-major order and, if they were nested, the lengths of the rows.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Data {
    values: Vec<f64>,
    rows: Option<Vec<usize>>,
}

impl Data {
    /// The numbers, if there are as many and in as many rows as a shape says.
    pub(crate) fn of_shape(&self, count: usize, width: usize) -> Option<&[f64]> {
        let nested_right = self
            .rows
            .as_ref()
            .is_none_or(|rows| rows.len() == count && rows.iter().all(|length| *length == width));
        (nested_right && self.values.len() == count * width).then_some(&self.values)
    }

    /// Where a number stands in the body.
    pub(crate) fn pointer(&self, at: &str, row: usize, column: usize, width: usize) -> String {
        match self.rows {
            Some(_) => format!("{at}/{row}/{column}"),
            None => format!("{at}/{}", row * width + column),
        }
    }
}

impl<'de> Deserialize<'de> for Data {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut data = Self::default();
        from.deserialize_seq(List {
            data: &mut data,
            nested: false,
        })?;
        Ok(data)
    }
}

/// A list of numbers or, at the top, of such lists.
struct List<'a> {
    data: &'a mut Data,
    nested: bool,
}

impl<'de> Visitor<'de> for List<'_> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str("a list of numbers or of lists of numbers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list
            .next_element_seed(Element {
                data: self.data,
                nested: self.nested,
            })?
            .is_some()
        {}
        Ok(())
    }
}

/// A number or, at the top, a list of numbers.
struct Element<'a> {
    data: &'a mut Data,
    nested: bool,
}

impl<'de> DeserializeSeed<'de> for Element<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl Element<'_> {
    fn push<E: Error>(self, value: f64) -> Result<(), E> {
        if !self.nested && self.data.rows.is_some() {
            return Err(E::custom("expected a list, as before it"));
        }
        self.data.values.push(value);
        Ok(())
    }
}

impl<'de> Visitor<'de> for Element<'_> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str(if self.nested {
            "a number"
        } else {
            "a number or a list of numbers"
        })
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.push(value)
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "an integer too long for a double is out of every range"
    )]
    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.push(value as f64)
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "an integer too long for a double is out of every range"
    )]
    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.push(value as f64)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        if self.nested || (self.data.rows.is_none() && !self.data.values.is_empty()) {
            return Err(A::Error::custom("expected a number"));
        }
        let before = self.data.values.len();
        self.data.rows.get_or_insert_default();
        List {
            data: self.data,
            nested: true,
        }
        .visit_seq(list)?;
        let length = self.data.values.len() - before;
        self.data.rows.get_or_insert_default().push(length);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Data;

    fn shape(json: &str, count: usize, width: usize) -> bool {
        serde_json::from_str::<Data>(json).is_ok_and(|data| data.of_shape(count, width).is_some())
    }

    #[test]
    fn flat_and_nested_numbers_have_the_same_shape() {
        assert!(shape("[1, 2.5, -3, 4]", 2, 2));
        assert!(shape("[[1, 2.5], [-3, 4]]", 2, 2));
    }

    #[test]
    fn what_is_not_of_the_shape_is_refused() {
        for json in [
            "[]",
            "[1, 2, 3]",
            "[[1, 2, 3], [4]]",
            "[1, [2, 3, 4]]",
            "[[1, 2, 3], 4]",
            "[[[1], 2], [3, 4]]",
            "[[], []]",
            "[\"1\", 2, 3, 4]",
        ] {
            assert!(!shape(json, 2, 2), "{json}");
        }
    }
}
