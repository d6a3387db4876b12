//! A car, and what its fields may be. A body is read in one pass into a car without an id, or into a
//! list of what is wrong with which field.

use std::fmt;

use serde::Serialize;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use service::problem::{FieldError, Place, Problem};

/// The most characters of a brand or a model.
pub const TEXT_LIMIT: usize = 64;
/// The year of the first car, Benz's, and one that no car of today will be built after.
pub const YEARS: std::ops::RangeInclusive<u16> = 1886..=2100;
/// The most fields that one answer complains of.
const ERROR_LIMIT: usize = 32;
const FIELDS: [&str; 3] = ["brand", "model", "year"];

/// What a store numbers its cars with: from 1 on.
pub type Id = i64;

/// A car before it has an id; its fields are within the limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub(crate) brand: String,
    pub(crate) model: String,
    pub(crate) year: u16,
}

/// A car as it is answered: the fields in the order of the contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Car {
    brand: String,
    id: Id,
    model: String,
    year: u16,
}

impl Car {
    /// A draft that has got its id.
    #[must_use]
    pub fn new(id: Id, draft: Draft) -> Self {
        Self {
            brand: draft.brand,
            id,
            model: draft.model,
            year: draft.year,
        }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id {
        self.id
    }
}

impl Draft {
    /// Reads `{"brand": …, "model": …, "year": …}`.
    ///
    /// # Errors
    ///
    /// 400 if the body is not JSON, 422 with the fields that are wrong otherwise.
    pub fn parse(body: &[u8]) -> Result<Self, Problem> {
        let mut reader = Reader::default();
        let mut json = serde_json::Deserializer::from_slice(body);
        let outcome = (&mut reader).deserialize(&mut json).and_then(|()| json.end());
        match outcome {
            Ok(()) => reader.draft(),
            Err(error) => Err(reader.problem(&error)),
        }
    }
}

/// What has been read so far.
#[derive(Default)]
struct Reader {
    brand: Option<String>,
    model: Option<String>,
    year: Option<u16>,
    seen: [bool; FIELDS.len()],
    errors: Vec<FieldError>,
    /// The field whose value is being read.
    field: Option<usize>,
}

impl Reader {
    fn complain(&mut self, pointer: String, detail: impl Into<String>) {
        if self.errors.len() < ERROR_LIMIT {
            self.errors.push(FieldError {
                at: Place::Pointer(pointer),
                detail: detail.into(),
            });
        }
    }

    fn take(&mut self, field: usize, value: Value) {
        let name = FIELDS[field];
        if std::mem::replace(&mut self.seen[field], true) {
            self.complain(format!("/{name}"), "is given twice");
            return;
        }
        let outcome = match name {
            "brand" => text(value).map(|text| self.brand = Some(text)),
            "model" => text(value).map(|text| self.model = Some(text)),
            _ => year(&value).map(|year| self.year = Some(year)),
        };
        if let Err(detail) = outcome {
            self.complain(format!("/{name}"), detail);
        }
    }

    fn draft(mut self) -> Result<Draft, Problem> {
        for (field, name) in FIELDS.iter().enumerate() {
            if !self.seen[field] {
                self.complain(format!("/{name}"), "is missing");
            }
        }
        match (self.brand, self.model, self.year) {
            (Some(brand), Some(model), Some(year)) if self.errors.is_empty() => Ok(Draft { brand, model, year }),
            _ => Err(Problem::invalid(self.errors)),
        }
    }

    fn problem(mut self, error: &serde_json::Error) -> Problem {
        // serde_json takes a number too large for a double for broken syntax; it is valid JSON.
        let overflow = error.to_string().starts_with("number out of range");
        match self.field {
            Some(field) if overflow => {
                let expected = if FIELDS[field] == "year" {
                    expect_year()
                } else {
                    expect_text()
                };
                self.complain(format!("/{}", FIELDS[field]), expected);
            }
            _ if overflow || error.is_data() => {
                self.complain(String::new(), "expected an object with `brand`, `model` and `year`");
            }
            _ => return Problem::not_json(error),
        }
        Problem::invalid(self.errors)
    }
}

impl<'de> DeserializeSeed<'de> for &mut Reader {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut Reader {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            self.field = FIELDS.iter().position(|field| *field == name);
            let value: Value = map.next_value()?;
            if let Some(field) = self.field.take() {
                self.take(field, value);
            } else {
                let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
                self.complain(pointer, "is not a field of a car");
            }
        }
        Ok(())
    }
}

fn text(value: Value) -> Result<String, String> {
    let Value::String(text) = value else {
        return Err(expect_text());
    };
    let blank = |character: Option<char>| character.is_none_or(|character| matches!(character, ' ' | '\u{a0}'));
    let fits = text.chars().count() <= TEXT_LIMIT
        && !text.chars().any(char::is_control)
        && !blank(text.chars().next())
        && !blank(text.chars().last());
    if fits { Ok(text) } else { Err(expect_text()) }
}

fn year(value: &Value) -> Result<u16, String> {
    // JSON has one kind of number: 2018.0 is the integer 2018.
    let number = value.as_f64().ok_or_else(expect_year)?;
    YEARS
        .into_iter()
        .find(|year| f64::from(*year).total_cmp(&number).is_eq())
        .ok_or_else(expect_year)
}

fn expect_text() -> String {
    format!("expected a text of 1 to {TEXT_LIMIT} characters, none of them control characters, no blank at its ends")
}

fn expect_year() -> String {
    format!("expected a whole number from {} to {}", YEARS.start(), YEARS.end())
}

#[cfg(test)]
mod tests {
    use super::{Car, Draft};

    fn complaints(body: &str) -> String {
        let problem = Draft::parse(body.as_bytes()).map(|draft| format!("{draft:?}"));
        problem.unwrap_or_else(|problem| format!("{problem:?}"))
    }

    #[test]
    fn a_car_is_answered_in_the_order_of_the_contract() {
        let body = r#"{ "year": 2018.0, "brand": "Volkswagen", "model": "Golf" }"#;
        let car = Car::new(1, Draft::parse(body.as_bytes()).unwrap());
        let json = serde_json::to_string(&car).unwrap();
        assert_eq!(json, r#"{"brand":"Volkswagen","id":1,"model":"Golf","year":2018}"#);
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let said = complaints(r#"{ "brand": "", "year": 1885, "wheels/doors": 4, "year": 2000 }"#);
        for pointer in ["/brand", "/year", "/wheels~1doors", "/model"] {
            assert!(said.contains(&format!("Pointer(\"{pointer}\")")), "{said}");
        }
    }

    #[test]
    fn what_does_not_fit_the_limits_is_refused() {
        for (field, value) in [
            ("brand", format!("\"{}\"", "a".repeat(65))),
            ("brand", "\" Audi\"".to_owned()),
            ("model", "\"A4\\n\"".to_owned()),
            ("model", "7".to_owned()),
            ("year", "2101".to_owned()),
            ("year", "-1".to_owned()),
            ("year", "2018.5".to_owned()),
            ("year", "1e999".to_owned()),
            ("year", "\"2018\"".to_owned()),
            ("year", "null".to_owned()),
        ] {
            let mut fields = vec![("brand", "\"a\""), ("model", "\"b\""), ("year", "2000")];
            fields.retain(|(name, _)| *name != field);
            fields.push((field, &value));
            let inner: Vec<_> = fields
                .iter()
                .map(|(name, value)| format!("\"{name}\": {value}"))
                .collect();
            let said = complaints(&format!("{{ {} }}", inner.join(", ")));
            assert!(
                said.contains(&format!("Pointer(\"/{field}\")")),
                "{field} {value}: {said}"
            );
        }
    }

    #[test]
    fn a_text_is_counted_in_characters() {
        let body = format!(r#"{{ "brand": "{}", "model": "é", "year": 2000 }}"#, "車".repeat(64));
        assert!(Draft::parse(body.as_bytes()).is_ok());
    }

    #[test]
    fn what_is_no_object_and_what_is_no_json_are_told_apart() {
        assert!(complaints("[]").contains("422"));
        assert!(complaints("{").contains("400"));
        assert!(complaints(r#"{ "brand": "a" } x"#).contains("400"));
    }
}
