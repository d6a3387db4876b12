//! The keyword `pattern`: AWS has thousands of regular expressions, and compiling one takes longer than using it.
//!
//! So each is compiled when a text first needs it, once in a process. Nearly all texts are ASCII, for which an
//! expression without the classes of Unicode says the same and is compiled many times faster. Everything else, also an
//! expression that only ECMAScript understands, is left to the validator's own keyword.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use jsonschema::paths::Location;
use jsonschema::{Draft, Keyword, ValidationError, Validator};
use regex_automata::meta::{self, Regex};
use regex_automata::util::syntax;
use serde_json::{Map, Value as Json, json};

use super::ascii::{Simple, simple};
use super::plain::Expression;

/// What `pattern` is called here. The validator holds a schema against the schema of schemas first, which refuses
/// expressions that AWS writes in the dialects of Java and Python.
pub(super) const PATTERN: &str = "regularExpression";

/// One regular expression.
struct Pattern {
    text: String,
    /// For ASCII, without an engine; `None` if there is something in it that only an engine knows.
    read: OnceLock<Option<Read>>,
    /// For ASCII; `None` if it does not mean the same to the engine as in ECMAScript.
    plain: OnceLock<Option<Plain>>,
    /// For all else; `None` if nothing understands it.
    whole: OnceLock<Option<Validator>>,
}

/// An expression for ASCII texts that no engine is needed for.
struct Read {
    expression: Expression,
    never: Option<String>,
}

impl Read {
    fn new(text: &str) -> Option<Self> {
        let Simple { expression, never } = simple(text);
        Some(Self {
            expression: Expression::read(&expression)?,
            never: never.map(str::to_owned),
        })
    }

    fn describes(&self, text: &str) -> Option<bool> {
        let never = self.never.as_deref().is_some_and(|never| text.starts_with(never));
        if never {
            Some(false)
        } else {
            self.expression.describes(text)
        }
    }
}

/// An expression for ASCII texts.
struct Plain {
    regex: Regex,
    never: Option<String>,
}

impl Plain {
    fn is_match(&self, text: &str) -> bool {
        let never = self.never.as_deref().is_some_and(|never| text.starts_with(never));
        !never && self.regex.is_match(text)
    }
}

static KNOWN: RwLock<BTreeMap<String, Arc<Pattern>>> = RwLock::new(BTreeMap::new());

/// The keyword of a place in a schema.
struct Place(Arc<Pattern>);

/// Makes the keyword, for [`jsonschema::ValidationOptions::with_keyword`].
pub(super) fn keyword<'a>(
    _: &'a Map<String, Json>,
    argument: &'a Json,
    _: Location,
) -> Result<Box<dyn for<'i> Keyword<'i>>, ValidationError<'a>> {
    let text = argument
        .as_str()
        .ok_or_else(|| ValidationError::custom("`pattern` is a string"))?;
    Ok(Box::new(Place(known(text))))
}

/// The one of an expression, made if nobody has asked for it.
fn known(text: &str) -> Arc<Pattern> {
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(text).cloned();
    known.unwrap_or_else(|| {
        let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
        let fresh = || Arc::new(Pattern::new(text));
        known.entry(text.to_owned()).or_insert_with(fresh).clone()
    })
}

/// Whether an expression of a schema describes a text.
pub(super) fn describes(expression: &str, instance: &Json) -> bool {
    Keyword::is_valid(&Place(known(expression)), instance)
}

/// The same for the name of a property; `None` if only the validator can tell.
pub(super) fn names(expression: &str, name: &str) -> Option<bool> {
    let pattern = known(expression);
    if !name.is_ascii() {
        return None;
    }
    let read = pattern.read(name);
    read.or_else(|| Some(pattern.engine()?.is_match(name)))
}

/// Whether an expression that a template brings describes a text; it is not kept.
pub(in crate::checks) fn fits(expression: &str, text: &str) -> bool {
    let matches = || Pattern::new(expression).matches(text, &json!(text));
    catch_unwind(AssertUnwindSafe(matches)).unwrap_or(true)
}

impl<'i> Keyword<'i> for Place {
    fn validate(&self, instance: &'i Json) -> Result<(), ValidationError<'i>> {
        if Keyword::is_valid(self, instance) {
            return Ok(());
        }
        Err(ValidationError::custom(self.0.text.clone()))
    }

    fn is_valid(&self, instance: &'i Json) -> bool {
        let Some(text) = instance.as_str() else { return true };
        // The engine is known to panic on some expressions: https://github.com/rust-lang/regex/issues/1344
        let matches = || self.0.matches(text, instance);
        catch_unwind(AssertUnwindSafe(matches)).unwrap_or(true)
    }
}

impl Pattern {
    fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            read: OnceLock::new(),
            plain: OnceLock::new(),
            whole: OnceLock::new(),
        }
    }

    /// Whether it describes a text of ASCII, where that is seen without an engine.
    fn read(&self, text: &str) -> Option<bool> {
        if !text.is_ascii() {
            return None;
        }
        let read = self.read.get_or_init(|| Read::new(&self.text));
        read.as_ref()?.describes(text)
    }

    /// The engine for texts of ASCII.
    fn engine(&self) -> Option<&Plain> {
        self.plain.get_or_init(|| plain(&self.text)).as_ref()
    }

    fn matches(&self, text: &str, instance: &Json) -> bool {
        if text.is_ascii() {
            let read = self.read(text);
            if let Some(answer) = read.or_else(|| Some(self.engine()?.is_match(text))) {
                return answer;
            }
        }
        let whole = self.whole.get_or_init(|| {
            let options = jsonschema::options().with_draft(Draft::Draft7);
            options.build(&json!({"pattern": self.text})).ok()
        });
        whole.as_ref().is_none_or(|whole| whole.is_valid(instance))
    }
}

fn plain(text: &str) -> Option<Plain> {
    if !text.is_ascii() || differs(text) {
        return None;
    }
    let Simple { expression, never } = simple(text);
    // No expression is used often enough for the faster machines to be worth making.
    let config = meta::Config::new()
        .onepass(false)
        .dfa(false)
        .nfa_size_limit(Some(10 << 20));
    let syntax = syntax::Config::new().unicode(false).utf8(false);
    let regex = meta::Builder::new().configure(config).syntax(syntax).build(&expression);
    Some(Plain {
        regex: regex.ok()?,
        never: never.map(str::to_owned),
    })
}

/// Whether the engine can take an expression for another than ECMAScript does: sets within sets, and `{,3}`, which
/// ECMAScript takes literally.
fn differs(text: &str) -> bool {
    let mut inside = false;
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => {
                bytes.next();
            }
            b'[' if inside => return true,
            b'[' => {
                inside = true;
                // `[]` and `[^]` are sets in ECMAScript, the beginning of one here.
                bytes.next_if_eq(&b'^');
                if bytes.peek() == Some(&b']') {
                    return true;
                }
            }
            b']' => inside = false,
            b'&' | b'-' | b'~' if inside && bytes.peek() == Some(&byte) => return true,
            b'{' if !inside && bytes.peek() == Some(&b',') => return true,
            _ => {}
        }
    }
    false
}
