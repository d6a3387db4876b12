//! The `CloudFormation` language: values, references, resources, templates and how stacks refer to each other.
//!
//! A [`Value<T>`] is a literal or an intrinsic function, and `T` says what it stands for: `Id<aws::ec2::Vpc>`,
//! `Arn<aws::iam::Role>`, `String`. Only [`Template::add`] makes a [`Handle`], and only a handle makes a reference
//! to a resource, so none can dangle. A reference into another template becomes an export there and an import here
//! when the templates are linked.
//!
//! What is generated under `aws::` has one shape, for resources and for the property types inside them alike:
//!
//! ```ignore
//! #[derive(Clone, Debug)]
//! pub struct Service {                                  // aws::ecs::Service, the name as AWS has it in Rust's case
//!     pub cluster: Option<Value<Arn<Cluster>>>,         // every field is a Value or an Option of one
//!     pub desired_count: Option<Value<i64>>,
//!     pub launch_type: Option<Value<LaunchType>>,       // closed sets are enums, with `Other(String)`
//!     pub load_balancers: Option<Value<Vec<LoadBalancer>>>,
//!     pub task_definition: Value<Arn<TaskDefinition>>,  // required
//! }
//! impl Service {
//!     pub fn new(task_definition: impl Into<Value<Arn<TaskDefinition>>>) -> Self   // the required ones, sorted
//! }
//! impl Resource for Service { const TYPE; const TAGGING; fn properties(&self) -> Vec<(&'static str, Node)> }
//! impl Handle<Service> {                                // attributes
//!     pub fn arn(&self) -> Value<Arn<Service>>          // Handle::reference() where `Ref` gives it
//!     pub fn name(&self) -> Value<Name<Service>>        // Handle::attribute("Name")
//! }
//! impl ToNode for LoadBalancer { .. }                   // property types and enums: ToNode and Literal
//! impl Literal for LoadBalancer {}
//! ```
//!
//! A property that takes free JSON (a policy document) is a `Value<Node>`; a map of texts is a
//! `Value<BTreeMap<String, String>>`. `Tags` is left to the template, but can be set.

mod addition;
mod body;
mod change;
mod condition;
mod function;
mod link;
mod moves;
mod name;
mod node;
mod overrides;
mod parameter;
mod policy;
mod pretty;
mod render;
mod resource;
mod sub;
mod value;

pub use addition::Addition;
pub use body::{Output, Template};
pub use condition::{Condition, Test};
pub use function::{Function, Reference};
pub use link::{Stack, link};
pub use moves::Move;
pub(crate) use name::pascal;
pub use name::{LogicalId, StackName};
pub use node::{Node, ToNode};
pub use overrides::{Change, Override};
pub use parameter::{Mapping, Parameter, ParameterKind, SsmKind};
pub use policy::{Conditions, Document, Effect, Operator, Principal, Statement};
pub use pretty::pretty;
pub use resource::{Handle, Policy, Resource, Settings, Tagging};
pub use sub::{pseudo, sub};
pub use value::{Arn, Id, Literal, Name, Value};

/// What is wrong with a set of templates, said before anything is rendered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Two things of a template want one name.
    #[error("{stack}: `{id}` stands twice; give one of the two another role")]
    Duplicate {
        /// The stack in which both stand.
        stack: String,
        /// The name that both want.
        id: String,
    },
    /// A stack would be named in a way that AWS refuses.
    #[error(
        "stack name `{name}` is not one of AWS's: up to 128 letters, digits and hyphens, the first a letter; shorten the name of the system or the environment"
    )]
    StackName {
        /// The name that was asked for.
        name: String,
    },
    /// A reference leads into a stack that is not part of this set.
    #[error("{stack} refers to `{id}` of {target}, which is not among the stacks that are linked")]
    UnknownStack {
        /// The stack that refers.
        stack: String,
        /// The stack that it refers to.
        target: String,
        /// The resource there.
        id: String,
    },
    /// Stacks import from each other in a circle, so none can be deployed first.
    #[error("stacks import from each other in a circle: {}; move what they share into a stack of its own", circle.join(" -> "))]
    Circle {
        /// The stacks of the circle, the first one repeated at the end.
        circle: Vec<String>,
    },
    /// An override names a resource that the template does not have.
    #[error("{stack}: override of `{id}`, which is not in this stack; it has {known}")]
    UnknownOverride {
        /// The stack in which the resource was looked for.
        stack: String,
        /// The logical id that was not found.
        id: String,
        /// The logical ids that there are.
        known: String,
    },
    /// A resource of a user's own is not one that can be added.
    #[error("{stack}: added `{id}`: {problem}")]
    Addition {
        /// The stack that it was to stand in.
        stack: String,
        /// Its logical id.
        id: String,
        /// What is wrong.
        problem: String,
    },
    /// An override's path does not lead to a place that can be set.
    #[error("{stack}: override of `{id}` at `{path}`: {problem}")]
    OverridePath {
        /// The stack of the resource.
        stack: String,
        /// Its logical id.
        id: String,
        /// The path as it was given.
        path: String,
        /// Why it leads nowhere.
        problem: String,
    },
}
