//! The facts: every resource type of AWS's commercial regions, every action of IAM, every kind of Kubernetes
//! ([`kubernetes`]), and every kind of `OpenTofu`'s provider for Google Cloud ([`google`]).
//!
//! They are embedded, compressed, and decoded when they are first asked for, a few types at a time. What
//! `cargo codegen fetch` puts into the file is AWS's own resource provider schemas without their descriptions.
//!
//! ```ignore
//! let service = schema::resource("AWS::ECS::Service")?;
//! service.find("DeploymentConfiguration/BakeTimeInMinutes")?.maximum()   // Some(1440.0)
//! service.replacement("Cluster")                                        // Replacement::Always
//! service.permissions(Handler::Create)                                  // ecs:CreateService, …
//! iam::service("ecr")?.action("PutImage")?.resources                    // ["repository"]
//! ```

mod by_ref;
pub mod conditions;
pub mod github;
pub mod google;
pub mod iam;
pub mod instances;
pub mod kubernetes;
pub mod metrics;
pub mod near;
mod node;
mod private;
mod resource;
pub mod sam;
pub mod secret;
mod store;

use std::sync::{LazyLock, OnceLock};

pub use near::nearest;
pub use node::{Kind, Node};
pub use node::{entry, field};
pub use private::{Unfit, add};
pub use resource::{Handler, Lifecycle, Order, Replacement, ResourceSchema, Rule, Tags};
pub use store::{Record, Store, heads};

/// Where the facts come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The packages, each with its version and its licence: `cfn-lint 1.58.0 MIT-0`.
    pub packages: Vec<String>,
    /// The day of AWS's schemas, `2026-10-20`.
    pub date: String,
}

/// Where the facts come from, and of which day they are.
#[must_use]
pub fn source() -> &'static Source {
    &store::resources().source
}

/// The commercial regions.
pub fn regions() -> impl Iterator<Item = &'static str> {
    store::resources().regions.iter().map(String::as_str)
}

/// The schema of a resource type such as `AWS::EC2::VPC`; `None` if AWS has no such type and none was [`add`]ed.
#[must_use]
pub fn resource(name: &str) -> Option<&'static ResourceSchema> {
    static SCHEMAS: LazyLock<Vec<OnceLock<ResourceSchema>>> =
        LazyLock::new(|| store::resources().records.iter().map(|_| OnceLock::new()).collect());
    if let Some(schema) = private::of(name) {
        return Some(schema);
    }
    let store = store::resources();
    let position = store.position(name)?;
    let schema = SCHEMAS[position].get_or_init(|| ResourceSchema::decode(store, &store.records[position]));
    Some(schema)
}

/// The names of all resource types, sorted.
pub fn types() -> impl Iterator<Item = &'static str> {
    store::resources().records.iter().map(|record| record.name.as_str())
}

/// The resource type whose name is nearest to a mistyped one, if one is near.
#[must_use]
pub fn nearest_type(name: &str) -> Option<&'static str> {
    near::nearest(name, types())
}
