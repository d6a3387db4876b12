//! Variables: what a module learns when it is applied.

use serde_json::{Map, Value as Json, json};

use super::value::escaped;

/// What a variable takes.
pub trait VariableType {
    /// The type as the language names it.
    const NAME: &'static str;

    /// A value of it, where no expression may stand: it is not escaped there.
    fn json(&self) -> Json;
}

impl VariableType for String {
    const NAME: &'static str = "string";

    fn json(&self) -> Json {
        self.as_str().into()
    }
}

impl VariableType for i64 {
    const NAME: &'static str = "number";

    fn json(&self) -> Json {
        (*self).into()
    }
}

impl VariableType for bool {
    const NAME: &'static str = "bool";

    fn json(&self) -> Json {
        (*self).into()
    }
}

impl VariableType for Vec<String> {
    const NAME: &'static str = "list(string)";

    fn json(&self) -> Json {
        json!(self)
    }
}

/// A variable: something that is only known when the module is applied.
#[derive(Clone, Debug)]
pub struct Variable<T> {
    /// What it is for, in a sentence.
    pub description: String,
    /// The value that is used when none is given. Without one, whoever applies the module must give it.
    pub default: Option<T>,
    /// Whether it is hidden in what is shown of a plan. In the state it stands as it is.
    pub sensitive: bool,
    /// What the value must be.
    pub validations: Vec<Validation>,
}

/// What a value must be, and what is said of one that is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validation {
    /// The condition; `«»` stands for the value.
    condition: String,
    message: String,
}

impl Validation {
    /// A text that a regular expression matches.
    #[must_use]
    pub fn matches(pattern: &str, message: &str) -> Self {
        Self {
            condition: format!("can(regex({}, «»))", quoted(pattern)),
            message: message.to_owned(),
        }
    }

    /// A list of ranges of addresses, none of which is everybody's.
    #[must_use]
    pub fn narrow_ranges(message: &str) -> Self {
        Self {
            condition:
                "length(«») > 0 && alltrue([for range in «» : can(cidrhost(range, 0)) && !endswith(range, \"/0\")])"
                    .to_owned(),
            message: message.to_owned(),
        }
    }
}

/// A text within an expression.
fn quoted(text: &str) -> String {
    Json::from(escaped(text)).to_string()
}

impl<T: VariableType> Variable<T> {
    /// One that must be given, with what it is for.
    #[must_use]
    pub fn new(description: &str) -> Self {
        Self {
            description: description.to_owned(),
            default: None,
            sensitive: false,
            validations: Vec::new(),
        }
    }

    pub(super) fn block(&self, name: &str) -> Json {
        let mut block = Map::new();
        block.insert("type".to_owned(), T::NAME.into());
        block.insert("description".to_owned(), self.description.as_str().into());
        block.extend(self.default.iter().map(|value| ("default".to_owned(), value.json())));
        if self.sensitive {
            block.insert("sensitive".to_owned(), true.into());
        }
        let validations = self.validations.iter().map(|validation| {
            let condition = validation.condition.replace("«»", &format!("var.{name}"));
            json!({ "condition": format!("${{{condition}}}"), "error_message": escaped(&validation.message) })
        });
        let validations: Vec<Json> = validations.collect();
        if !validations.is_empty() {
            block.insert("validation".to_owned(), validations.into());
        }
        block.into()
    }
}
