//! A JSON value where a number should be.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// Reads any JSON value; numbers become doubles.
pub(crate) struct Number;

/// What was there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Given {
    /// A number.
    Number(f64),
    /// Something else, in words.
    Other(&'static str),
}

impl<'de> DeserializeSeed<'de> for Number {
    type Value = Given;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Given, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Number {
    type Value = Given;

    fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str("a number")
    }

    fn visit_f64<E>(self, value: f64) -> Result<Given, E> {
        Ok(Given::Number(value))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "an integer too long for a double is out of every range"
    )]
    fn visit_u64<E>(self, value: u64) -> Result<Given, E> {
        Ok(Given::Number(value as f64))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "an integer too long for a double is out of every range"
    )]
    fn visit_i64<E>(self, value: i64) -> Result<Given, E> {
        Ok(Given::Number(value as f64))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Given, E> {
        Ok(Given::Other("a boolean"))
    }

    fn visit_str<E>(self, _: &str) -> Result<Given, E> {
        Ok(Given::Other("a string"))
    }

    fn visit_unit<E>(self) -> Result<Given, E> {
        Ok(Given::Other("null"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Given, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Given::Other("a list"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Given, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Given::Other("an object"))
    }
}
