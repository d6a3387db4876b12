//! The Kubernetes language: objects with typed names and labels, in the order in which they are applied.
//!
//! A [`Bundle`] takes objects and gives [`Name`]s, so that nothing names what is not there. What is only known at the
//! deployment is a [`Given`], which stands in the text as a placeholder.

mod bundle;
mod given;
mod labels;
mod layout;
mod metadata;
mod value;
mod yaml;

pub use bundle::{Bundle, Error, Object};
pub use given::Given;
pub use labels::Labels;
pub use layout::Layout;
pub use metadata::{Kind, Metadata, Name};
pub use value::{IntegerOrText, Quantity};
pub use yaml::{documents, yaml};
