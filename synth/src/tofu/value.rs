//! Values: literals and expressions that know what they stand for.

use std::fmt;
use std::marker::PhantomData;
use std::net::Ipv4Addr;

use serde::{Serialize, Serializer};
use serde_json::{Number, Value as Json};

/// The address of a resource of a kind within Google Cloud, such as `https://…/projects/p/global/networks/main`.
#[derive(Debug)]
pub struct SelfLink<K>(PhantomData<fn() -> K>);

/// What a resource of a kind is known by to the provider.
#[derive(Debug)]
pub struct Id<K>(PhantomData<fn() -> K>);

/// The address of a service account for mail, which is its name wherever a right is given.
#[derive(Debug)]
pub struct Email;

/// An address of the internet protocol.
#[derive(Debug)]
pub struct Ip;

/// A literal, or an expression that is worked out when the module is applied.
pub struct Value<T> {
    form: Form,
    stands_for: PhantomData<fn() -> T>,
}

#[derive(Clone, Debug, PartialEq)]
enum Form {
    /// As it stands in a file, with what begins an expression escaped.
    Literal(Json),
    /// What stands between `${` and `}`.
    Expression(String),
}

/// What may stand in a file as it is: closed sets of texts.
pub trait Literal {
    /// The text.
    fn text(&self) -> &'static str;
}

impl<T> Value<T> {
    fn of(form: Form) -> Self {
        Self {
            form,
            stands_for: PhantomData,
        }
    }

    pub(super) fn expression(text: String) -> Self {
        Self::of(Form::Expression(text))
    }

    /// The same, as a text: an argument that takes texts takes it then, and says no more what it stands for.
    #[must_use]
    pub fn text(&self) -> Value<String> {
        Value::of(self.form.clone())
    }

    /// As it stands in a file.
    pub(super) fn json(&self) -> Json {
        match &self.form {
            Form::Literal(json) => json.clone(),
            Form::Expression(text) => Json::String(format!("${{{text}}}")),
        }
    }
}

/// The text of a file beside the module, by its path from the module's folder.
#[must_use]
pub fn in_module(path: &str) -> Value<String> {
    let path = Json::from(format!("${{path.module}}/{}", escaped(path)));
    Value::of(Form::Expression(format!("file({path})")))
}

/// One text made of several, one after the other.
#[must_use]
pub fn joined(pieces: &[Value<String>]) -> Value<String> {
    let text = pieces.iter().fold(String::new(), |all, piece| match piece.json() {
        Json::String(text) => beside(all, &text),
        other => all + &other.to_string(),
    });
    Value::of(Form::Literal(Json::String(text)))
}

/// Two templates, one behind the other: signs at the end of the first must not begin or escape what the second begins with.
fn beside(mut first: String, second: &str) -> String {
    let kept = first.trim_end_matches(['$', '%']).len();
    if kept < first.len() && second.starts_with(['{', '$', '%']) {
        let signs = first.split_off(kept);
        first.extend(["${\"", &signs, "\"}"]);
    }
    first + second
}

/// A text in which nothing begins an expression (`OpenTofu` language, "Strings and Templates": `$${` and `%%{`).
pub(super) fn escaped(text: &str) -> String {
    text.replace("${", "$${").replace("%{", "%%{")
}

fn literal<T>(json: Json) -> Value<T> {
    Value::of(Form::Literal(json))
}

impl From<&str> for Value<String> {
    fn from(text: &str) -> Self {
        literal(escaped(text).into())
    }
}

impl From<String> for Value<String> {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<i64> for Value<i64> {
    fn from(number: i64) -> Self {
        literal(Json::Number(Number::from(number)))
    }
}

impl From<f64> for Value<f64> {
    /// JSON has no number that is none: it becomes nothing, which is an argument that is not there.
    fn from(number: f64) -> Self {
        literal(Number::from_f64(number).map_or(Json::Null, Json::Number))
    }
}

impl From<bool> for Value<bool> {
    fn from(value: bool) -> Self {
        literal(value.into())
    }
}

impl From<Ipv4Addr> for Value<Ip> {
    fn from(address: Ipv4Addr) -> Self {
        literal(address.to_string().into())
    }
}

impl<T: Literal> From<T> for Value<T> {
    fn from(value: T) -> Self {
        literal(value.text().into())
    }
}

impl<T> From<Vec<Value<T>>> for Value<Vec<T>> {
    fn from(items: Vec<Value<T>>) -> Self {
        literal(items.iter().map(Value::json).collect())
    }
}

impl From<Vec<String>> for Value<Vec<String>> {
    fn from(texts: Vec<String>) -> Self {
        texts.into_iter().map(Value::from).collect::<Vec<_>>().into()
    }
}

impl<T, U: Into<Value<T>>, const COUNT: usize> From<[U; COUNT]> for Value<Vec<T>> {
    fn from(items: [U; COUNT]) -> Self {
        items.map(Into::into).into_iter().collect::<Vec<Value<T>>>().into()
    }
}

impl<T> Clone for Value<T> {
    fn clone(&self) -> Self {
        Self::of(self.form.clone())
    }
}

impl<T> PartialEq for Value<T> {
    fn eq(&self, other: &Self) -> bool {
        self.form == other.form
    }
}

impl<T> fmt::Debug for Value<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.form.fmt(f)
    }
}

impl<T> Serialize for Value<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.json().serialize(serializer)
    }
}
