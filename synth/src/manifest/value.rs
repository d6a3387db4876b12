//! Values that are more than a text or a number.

use std::fmt;

use serde::{Serialize, Serializer};

/// A whole number or a text, such as a port by number or by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum IntegerOrText {
    /// A number.
    Integer(i64),
    /// A text, such as `http` or `25%`.
    Text(String),
}

impl From<i64> for IntegerOrText {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<&str> for IntegerOrText {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// An amount of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Thousandths of a CPU.
    Cpu(u32),
    /// MiB of memory or of storage.
    Memory(u32),
    /// How many.
    Count(u32),
}

/// As the API server writes it, so that what is there is what was written (Kubernetes API concepts, "Canonical form" of
/// `Quantity` in <https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/>).
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Cpu(thousandths) if thousandths % 1000 == 0 => write!(f, "{}", thousandths / 1000),
            Self::Cpu(thousandths) => write!(f, "{thousandths}m"),
            Self::Memory(0) => write!(f, "0"),
            Self::Memory(mebibytes) if mebibytes % 1024 == 0 => write!(f, "{}Gi", mebibytes / 1024),
            Self::Memory(mebibytes) => write!(f, "{mebibytes}Mi"),
            Self::Count(count) => write!(f, "{count}"),
        }
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
