//! The shape of the body of `POST /predict`, one serde seed for each level of it.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::input::{BATCH_LIMIT, Reader};
use crate::number::Number;
use crate::predict::Model;

/// The whole body.
pub(crate) struct Top<'a, 'm>(pub(crate) &'a mut Reader<'m>);

impl<'de> DeserializeSeed<'de> for Top<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Top<'_, '_> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let reader = self.0;
        while let Some(field) = map.next_key::<String>()? {
            let batch = match field.as_str() {
                "features" => false,
                "instances" => true,
                _ => {
                    let pointer = reader.at(&field);
                    reader.complain(pointer, "is not a field of this request");
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            if reader.seen.replace(batch).is_some() {
                let pointer = reader.at(&field);
                reader.complain(pointer, "a request has one of `features` and `instances`, once");
                map.next_value::<IgnoredAny>()?;
            } else if batch {
                reader.enter("/instances".to_owned(), "expected a list of objects");
                map.next_value_seed(Instances(reader))?;
            } else {
                reader.enter("/features".to_owned(), "expected an object of numbers");
                map.next_value_seed(Instance(reader))?;
            }
            reader.enter(String::new(), "expected an object");
        }
        Ok(())
    }
}

/// The list of a batch.
struct Instances<'a, 'm>(&'a mut Reader<'m>);

impl<'de> DeserializeSeed<'de> for Instances<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Instances<'_, '_> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let reader = self.0;
        for index in 0.. {
            reader.enter(format!("/instances/{index}"), "expected an object of numbers");
            if index == BATCH_LIMIT && list.next_element::<IgnoredAny>()?.is_some() {
                reader.enter("/instances".to_owned(), "expected at most 256 instances");
                return Err(A::Error::custom("too many"));
            }
            if index == BATCH_LIMIT || list.next_element_seed(Instance(reader))?.is_none() {
                if index == 0 {
                    reader.complain("/instances".to_owned(), "expected at least one instance");
                }
                break;
            }
        }
        Ok(())
    }
}

/// One object of features.
struct Instance<'a, 'm>(&'a mut Reader<'m>);

impl<'de> DeserializeSeed<'de> for Instance<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Instance<'_, '_> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let reader = self.0;
        // Most clients send the features in the order that the documentation lists them.
        let mut next = 0;
        while let Some(name) = map.next_key_seed(Name {
            model: reader.model,
            next,
        })? {
            match name {
                Ok(feature) => {
                    next = feature + 1;
                    reader.feature = Some(feature);
                    let given = map.next_value_seed(Number)?;
                    reader.feature = None;
                    reader.take(feature, given);
                }
                Err(unknown) => {
                    let pointer = reader.at(&unknown);
                    reader.complain(pointer, "is not a feature of the model");
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        reader.finish_row();
        Ok(())
    }
}

/// The index of a feature by its name, or the name if there is none.
struct Name<'m> {
    model: &'m Model,
    next: usize,
}

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Result<usize, String>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Result<usize, String>;

    fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        let features = self.model.features();
        if features.get(self.next).is_some_and(|feature| feature.name == name) {
            return Ok(Ok(self.next));
        }
        let index = features.iter().position(|feature| feature.name == name);
        Ok(index.ok_or_else(|| name.to_owned()))
    }
}
