//! Whether a schema plainly has nothing against a value.
//!
//! Nearly all values are as they should be, and for those this reads the schema as it stands: nothing is cut, compiled
//! or put into words. What it does not accept is for the validator to judge, so it may be stricter, but never laxer.

mod keyword;
#[cfg(test)]
mod tests;

use serde_json::{Map, Value as Json};

use super::pattern::names;
use super::prune::holds_unknown;
use crate::schema::{entry, field};
use keyword::{bounds, dependencies, excluded, has, has_type, holds_fraction, length, same, string};

/// Guards against a reference that leads to itself.
const MOST_DEPTH: usize = 48;

/// Longer lists are not compared item by item.
const MOST_COMPARED: usize = 200;

/// Nothing is accepted: the validator has to look.
struct Unsure;

type Answer = Result<bool, Unsure>;

/// What a `null` is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::checks) enum Null {
    /// Something that is not known yet; an objection to it is none.
    Unknown,
    /// A value like others.
    Value,
}

/// Whether a value fits a schema, whatever it is that is not known yet.
pub(in crate::checks) fn accepts(root: &Json, value: &Json, null: Null) -> bool {
    let mut reader = Reader {
        root,
        null,
        met_unknown: false,
        depth: 0,
    };
    matches!(reader.fits(root, value), Ok(true))
}

struct Reader<'s> {
    root: &'s Json,
    null: Null,
    /// Whether something unknown was taken for fitting.
    met_unknown: bool,
    depth: usize,
}

impl<'s> Reader<'s> {
    fn fits(&mut self, schema: &'s Json, value: &Json) -> Answer {
        // What cannot stand here cannot, whatever its value is.
        if value.is_null() && self.null == Null::Unknown && *schema != Json::Bool(false) {
            self.met_unknown = true;
            return Ok(true);
        }
        let map = match schema {
            Json::Object(map) => map,
            Json::Bool(truth) => return Ok(*truth),
            _ => return Err(Unsure),
        };
        if self.depth > MOST_DEPTH {
            return Err(Unsure);
        }
        self.depth += 1;
        let answer = match entry(map, "$ref").and_then(Json::as_str) {
            Some(target) => match self.target(target.trim_start_matches('#')) {
                Some(target) => self.fits(target, value),
                None => Ok(true),
            },
            None => self.all(map, value),
        };
        self.depth -= 1;
        answer
    }

    fn target(&self, pointer: &str) -> Option<&'s Json> {
        // Nearly all are of this form, and `pointer` takes each apart into texts of its own.
        let near = pointer.strip_prefix("/definitions/");
        let near = near.and_then(|name| field(field(self.root, "definitions")?, name));
        near.or_else(|| self.root.pointer(pointer))
    }

    fn all(&mut self, map: &'s Map<String, Json>, value: &Json) -> Answer {
        for (keyword, argument) in map {
            let fits = match value {
                Json::String(text) => string(keyword, argument, text, value),
                Json::Number(number) => bounds(keyword, argument, number.as_f64()),
                Json::Array(items) => self.array(keyword, argument, items),
                Json::Object(object) => self.object(map, keyword, argument, object),
                _ => None,
            };
            let fits = match fits {
                Some(fits) => fits,
                None => self.any(map, keyword, argument, value),
            };
            if !fits? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The keywords that speak of values of every kind.
    fn any(&mut self, map: &'s Map<String, Json>, keyword: &str, argument: &'s Json, value: &Json) -> Answer {
        match keyword {
            "type" => Ok(has_type(argument, value)),
            "enum" => Ok(argument
                .as_array()
                .is_some_and(|options| options.iter().any(|option| same(option, value)))),
            "const" => Ok(same(argument, value)),
            "allOf" => self.every(argument, value),
            "anyOf" => Ok(self.count(argument, value, 1)? > 0),
            "oneOf" => Ok(self.count(argument, value, 2)? == 1),
            "not" => Ok(!self.surely(argument, value)?),
            "if" => match entry(map, if self.surely(argument, value)? { "then" } else { "else" }) {
                Some(branch) => self.fits(branch, value),
                None => Ok(true),
            },
            "prefixItems" | "requiredXor" => Err(Unsure),
            _ => Ok(true),
        }
    }

    fn every(&mut self, branches: &'s Json, value: &Json) -> Answer {
        for branch in branches.as_array().ok_or(Unsure)? {
            if !self.fits(branch, value)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// How many branches fit, counted up to `most`.
    fn count(&mut self, branches: &'s Json, value: &Json, most: usize) -> Result<usize, Unsure> {
        let mut count = 0;
        for branch in branches.as_array().ok_or(Unsure)? {
            if self.surely(branch, value)? {
                count += 1;
                if count == most {
                    break;
                }
            }
        }
        Ok(count)
    }

    /// Whether a value fits without regard to anything unknown.
    fn surely(&mut self, schema: &'s Json, value: &Json) -> Answer {
        let before = std::mem::take(&mut self.met_unknown);
        let fits = self.fits(schema, value)?;
        if std::mem::replace(&mut self.met_unknown, before) {
            return Err(Unsure);
        }
        Ok(fits)
    }

    fn array(&mut self, keyword: &str, argument: &'s Json, items: &[Json]) -> Option<Answer> {
        Some(match keyword {
            "minItems" => Ok(argument.as_f64()? <= length(items.len())),
            "maxItems" => Ok(argument.as_f64()? >= length(items.len())),
            "uniqueItems" if argument == &Json::Bool(true) => self.differ(items),
            "items" => self.items(argument, items),
            "contains" => items
                .iter()
                .try_fold(false, |found, item| Ok(found || self.surely(argument, item)?)),
            _ => return None,
        })
    }

    fn differ(&mut self, items: &[Json]) -> Answer {
        let unknown = |item: &&Json| self.null == Null::Unknown && holds_unknown(item);
        let known: Vec<&Json> = items.iter().filter(|item| !unknown(item)).collect();
        self.met_unknown |= known.len() < items.len();
        // To a validator 1 and 1.0 are the same.
        if known.len() > MOST_COMPARED || known.iter().any(|item| holds_fraction(item)) {
            return Err(Unsure);
        }
        Ok((1..known.len()).all(|at| !known[..at].contains(&known[at])))
    }

    fn items(&mut self, argument: &'s Json, items: &[Json]) -> Answer {
        for (index, item) in items.iter().enumerate() {
            let schema = match argument {
                Json::Array(each) => each.get(index),
                schema => Some(schema),
            };
            if let Some(schema) = schema
                && !self.fits(schema, item)?
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn object(
        &mut self,
        map: &'s Map<String, Json>,
        keyword: &str,
        argument: &'s Json,
        object: &Map<String, Json>,
    ) -> Option<Answer> {
        let has = |name: &Json| has(object, name);
        Some(match keyword {
            "required" => Ok(argument.as_array()?.iter().all(has)),
            "minProperties" => Ok(argument.as_f64()? <= length(object.len())),
            "maxProperties" => Ok(argument.as_f64()? >= length(object.len())),
            "properties" => self.properties(argument.as_object()?, object),
            "patternProperties" => self.by_pattern(argument.as_object()?, object),
            "additionalProperties" => self.additional(map, argument, object),
            "requiredXor" => Ok(argument.as_array()?.iter().filter(|name| has(name)).count() == 1),
            "requiredOr" => Ok(argument.as_array()?.iter().any(has)),
            "dependencies" | "dependentRequired" => dependencies(argument.as_object()?, object),
            "propertyNames" => self.property_names(argument, object),
            "dependentExcluded" => Ok(excluded(argument.as_object()?, object)),
            _ => return None,
        })
    }

    fn property_names(&mut self, schema: &'s Json, object: &Map<String, Json>) -> Answer {
        for name in object.keys() {
            if !self.fits(schema, &Json::from(name.as_str()))? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn properties(&mut self, known: &'s Map<String, Json>, object: &Map<String, Json>) -> Answer {
        for (name, value) in object {
            if let Some(schema) = entry(known, name)
                && !self.fits(schema, value)?
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn by_pattern(&mut self, patterns: &'s Map<String, Json>, object: &Map<String, Json>) -> Answer {
        for (pattern, schema) in patterns {
            for (name, value) in object {
                if names(pattern, name).ok_or(Unsure)? && !self.fits(schema, value)? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    fn additional(&mut self, map: &Map<String, Json>, argument: &'s Json, object: &Map<String, Json>) -> Answer {
        let known = entry(map, "properties").and_then(Json::as_object);
        let patterns = entry(map, "patternProperties").and_then(Json::as_object);
        for (name, value) in object {
            if known.is_some_and(|known| entry(known, name).is_some()) {
                continue;
            }
            let mut named = false;
            for pattern in patterns.into_iter().flat_map(Map::keys) {
                named |= names(pattern, name).ok_or(Unsure)?;
            }
            // That a property has no place here does not rest on its value.
            if !named && (argument == &Json::Bool(false) || !self.fits(argument, value)?) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
