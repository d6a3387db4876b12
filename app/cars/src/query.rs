//! What a request says outside of its body: which page, which car, which key.

use axum::http::{HeaderMap, StatusCode};
use service::problem::{FieldError, Place, Problem};

use crate::car::{Car, Id};

/// How many cars a page has unless the client says otherwise, and at most.
pub const PAGE: u32 = 20;
/// The most cars of a page.
pub const PAGE_LIMIT: u32 = 1000;
/// The header with which a client names a request that it may have to repeat.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// The most characters of its value.
pub const KEY_LIMIT: usize = 255;

/// A part of the list of cars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Only cars with greater ids.
    pub after: Id,
    /// The most cars.
    pub limit: u32,
}

impl Page {
    /// Reads `limit` and `cursor`, each at most once.
    ///
    /// # Errors
    ///
    /// 422 with the parameters that are wrong.
    pub fn parse(query: &[(String, String)]) -> Result<Self, Problem> {
        let mut errors = Vec::new();
        let mut page = Self { after: 0, limit: PAGE };
        let mut seen = [false; 2];
        for (name, value) in query {
            let known = ["limit", "cursor"].iter().position(|known| known == name);
            let Some(known) = known else { continue };
            let wrong = if std::mem::replace(&mut seen[known], true) {
                Some("is given twice".to_owned())
            } else if known == 0 {
                let limit = number(value).and_then(|limit| u32::try_from(limit).ok());
                let limit = limit.filter(|limit| (1..=PAGE_LIMIT).contains(limit));
                page.limit = limit.unwrap_or(PAGE);
                limit
                    .is_none()
                    .then(|| format!("expected a number from 1 to {PAGE_LIMIT}"))
            } else {
                let after = number(value);
                page.after = after.unwrap_or_default();
                after
                    .is_none()
                    .then(|| "expected what the header `link` gave".to_owned())
            };
            if let Some(detail) = wrong {
                let at = Place::Parameter(["limit", "cursor"][known]);
                errors.push(FieldError { at, detail });
            }
        }
        if errors.is_empty() {
            Ok(page)
        } else {
            Err(Problem::invalid(errors))
        }
    }

    /// The value of the header `Link` after these cars.
    #[must_use]
    pub fn link_after(&self, last: &Car) -> String {
        format!("</cars?limit={}&cursor={}>; rel=\"next\"", self.limit, last.id())
    }
}

/// The id in a path.
///
/// # Errors
///
/// 404 if no car can have it.
pub fn id(text: &str) -> Result<Id, Problem> {
    number(text).filter(|id| *id > 0).ok_or_else(no_such_car)
}

/// 404: there is no such car.
#[must_use]
pub fn no_such_car() -> Problem {
    Problem::new(StatusCode::NOT_FOUND).detail("there is no car with this id")
}

fn number(text: &str) -> Option<i64> {
    // Rust's own parser would take a sign as well.
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())?
}

/// The name of a request that is done once, however often it comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key(pub(crate) String);

impl Key {
    /// Reads the header, if it is there.
    ///
    /// # Errors
    ///
    /// 422 if it is given twice or is not 1 to 255 visible ASCII characters.
    pub fn of(headers: &HeaderMap) -> Result<Option<Self>, Problem> {
        let mut values = headers.get_all(IDEMPOTENCY_KEY).iter();
        let Some(value) = values.next() else {
            return Ok(None);
        };
        let text = value
            .to_str()
            .ok()
            .filter(|text| (1..=KEY_LIMIT).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic()));
        match (text, values.next()) {
            (Some(text), None) => Ok(Some(Self(text.to_owned()))),
            _ => Err(Problem::invalid(vec![FieldError {
                at: Place::Header(IDEMPOTENCY_KEY),
                detail: format!("expected 1 to {KEY_LIMIT} visible ASCII characters, once"),
            }])),
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::{Key, Page};

    fn page(query: &[(&str, &str)]) -> Result<(i64, u32), String> {
        let query: Vec<_> = query
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        Page::parse(&query)
            .map(|page| (page.after, page.limit))
            .map_err(|problem| format!("{problem:?}"))
    }

    #[test]
    fn a_page_is_twenty_cars_from_the_first_on() {
        assert_eq!(page(&[]), Ok((0, 20)));
        assert_eq!(page(&[("cursor", "7"), ("limit", "1000")]), Ok((7, 1000)));
    }

    #[test]
    fn a_wrong_parameter_is_named() {
        for (name, value) in [
            ("limit", "0"),
            ("limit", "1001"),
            ("limit", "+1"),
            ("limit", ""),
            ("cursor", "-1"),
            ("cursor", "99999999999999999999"),
        ] {
            let error = page(&[(name, value)]).unwrap_err();
            assert!(error.contains(&format!("Parameter(\"{name}\")")), "{error}");
        }
        assert!(page(&[("limit", "1"), ("limit", "2")]).unwrap_err().contains("twice"));
    }

    #[test]
    fn a_path_names_a_car_by_digits_only() {
        assert_eq!(super::id("17").ok(), Some(17));
        for text in ["0", "-1", "+1", "a", "", "1.0", "9223372036854775808"] {
            assert!(super::id(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_key_is_visible_and_not_long() {
        let key = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(super::IDEMPOTENCY_KEY, HeaderValue::from_str(value).unwrap());
            Key::of(&headers).map(|key| key.map(|key| key.0)).map_err(|_| ())
        };
        assert_eq!(key("a-1"), Ok(Some("a-1".to_owned())));
        assert_eq!(key(""), Err(()));
        assert_eq!(key("a b"), Err(()));
        assert_eq!(key(&"a".repeat(256)), Err(()));
    }
}
