//! The `OpenTofu` language, written in its JSON syntax: values, references, resources, variables, outputs, modules.
//!
//! A [`Value<T>`] is a literal or an expression, and `T` says what it stands for: [`SelfLink<google::compute::Network>`],
//! [`Ip`], `String`. Only [`Module::add`] makes a [`Handle`], only a handle makes a reference to a resource, and only
//! [`Module::variable`] one to a variable, so none can dangle. A literal text stays one: what would begin an expression in
//! it is escaped.
//!
//! ```ignore
//! let network = module.add(Label::new("main")?, compute::Network::new("main"))?;         // Handle<compute::Network>
//! let subnet = compute::Subnetwork {
//!     ip_cidr_range: Some("10.160.0.0/20".into()),
//!     ..compute::Subnetwork::new("main", network.self_link())                            // ${google_compute_network.main.self_link}
//! };
//! ```

mod lock;
mod module;
mod part;
mod provider;
mod settings;
mod texts;
mod value;
mod variable;

pub use lock::lock;
pub use module::{Module, Output};
pub use part::{Handle, Kind, Label, Reference};
pub use provider::{Backend, Provider, Version};
pub use settings::{Checker, Lifecycle, Settings};
pub use texts::Texts;
pub use value::{Email, Id, Ip, Literal, SelfLink, Value, in_module, joined};
pub use variable::{Validation, Variable, VariableType};

/// What is wrong with a module, said before anything is rendered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Two things of a module want one name.
    #[error("`{name}` stands twice in the module; give one of the two another name")]
    Twice {
        /// The name that both want, as expressions have it.
        name: String,
    },
    /// A name that the language does not take.
    #[error(
        "`{name}` is no name of OpenTofu's: letters, digits, `_` and `-`, the first a letter or `_`; write one of these"
    )]
    Label {
        /// The name that was asked for.
        name: String,
    },
    /// A resource cannot be written as JSON, which is a mistake in this crate.
    #[error("{name} cannot be written: {source}")]
    Unwritable {
        /// The resource, as expressions have it.
        name: String,
        /// Why not.
        source: serde_json::Error,
    },
}
