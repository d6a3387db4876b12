//! What PromQL says (<https://prometheus.io/docs/prometheus/latest/querying/basics/>): which series it asks for, and where
//! Prometheus does not understand it.
//!
//! ```ignore
//! promql::parse("sum(rate(kube_pod_info{node=\"a\"}[5m]))", Variables::Braced)
//!     // Parsed::Query([Selector { name: Some("kube_pod_info"), matchers: [node = "a"], .. }])
//! ```

mod asked;
mod functions;
mod grammar;
mod operand;
mod range;
mod selector;
mod token;

pub use asked::{Asked, Home, all, is_dashboard, is_rules, recorded};

use grammar::{Grammar, Stop};

/// What becomes of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parsed {
    /// It asks for these, in its order.
    Query(Vec<Selector>),
    /// Prometheus does not understand it.
    Fault(Fault),
    /// It nests deeper than is read, or what it says depends on variables.
    Unknown,
}

/// Why and where a text is not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// How many bytes stand before.
    pub at: usize,
    /// What is wrong, lower case, no full stop.
    pub what: String,
}

/// Which variables may stand in a text, for which somebody puts something before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variables {
    /// `${name}` and `{{ name }}`, which are those of many programs.
    Braced,
    /// Those and Grafana's: `$name`, `[[name]]`.
    Grafana,
}

/// The series that are asked for in one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selector {
    /// The name of the metric; several may be meant by a matcher of `__name__`.
    pub name: Option<String>,
    /// What their labels must be.
    pub matchers: Vec<Matcher>,
    /// Whether a variable stands among the matchers.
    pub varies: bool,
}

/// What a label must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matcher {
    /// The label.
    pub label: String,
    /// How the two are compared.
    pub comparison: Comparison,
    /// What it is compared with, escapes as they are written.
    pub value: String,
}

/// How a label is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Is,
    /// `!=`
    IsNot,
    /// `=~`
    Fits,
    /// `!~`
    FitsNot,
}

impl Matcher {
    /// Whether series without the label are surely not meant.
    #[must_use]
    pub fn needs_label(&self) -> bool {
        match self.comparison {
            Comparison::Is => !self.value.is_empty() && !self.value.contains(['$', '{']),
            Comparison::IsNot => self.value.is_empty(),
            // What begins with a letter and has no choice fits no empty text.
            Comparison::Fits => {
                let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:".contains(c);
                let first = self.value.chars().next();
                first.is_some_and(char::is_alphanumeric) && self.value.chars().all(is_plain) || self.value == ".+"
            }
            Comparison::FitsNot => false,
        }
    }

    /// Whether series without the label may be meant, as it says next to nothing.
    fn fits_nothing(&self) -> bool {
        match self.comparison {
            Comparison::Is => self.value.is_empty(),
            Comparison::IsNot => !self.value.is_empty(),
            Comparison::Fits => self.value.is_empty() || self.value == ".*",
            Comparison::FitsNot => self.value == ".+",
        }
    }
}

/// Reads an expression.
#[must_use]
pub fn parse(text: &str, variables: Variables) -> Parsed {
    let tokens = match token::tokens(text, variables) {
        Ok(tokens) => tokens,
        Err(_) if ["${", "{{", "[["].iter().any(|open| text.contains(open)) => return Parsed::Unknown,
        Err(fault) => return Parsed::Fault(fault),
    };
    let mut grammar = Grammar::new(&tokens, text.len());
    match grammar.whole() {
        Ok(()) => Parsed::Query(grammar.selectors),
        Err(Stop::Fault(fault)) if !grammar.varies() => Parsed::Fault(fault),
        Err(_) => Parsed::Unknown,
    }
}
