//! The resource types of AWS, one module for each service, generated from AWS's own schemas.
//!
//! A required property is an argument of `new`; an optional one is a field, named in a struct literal. A closed set of
//! texts is an enum. A reference says to what it refers. What a resource is known by, and what AWS makes of it, are
//! methods of its handle.
#![allow(
    missing_docs,
    clippy::too_many_lines,
    clippy::too_many_arguments,
    clippy::large_types_passed_by_value,
    clippy::new_without_default,
    clippy::struct_field_names,
    clippy::enum_variant_names,
    clippy::doc_markdown,
    clippy::large_enum_variant,
    clippy::needless_pass_by_value,
    clippy::vec_init_then_push,
    reason = "the names and shapes are AWS's own"
)]

pub mod applicationautoscaling;
pub mod backup;
pub mod certificatemanager;
pub mod cloudwatch;
pub mod codedeploy;
pub mod ec2;
pub mod ecr;
pub mod ecs;
pub mod eks;
pub mod elasticloadbalancingv2;
pub mod events;
pub mod iam;
pub mod kms;
pub mod logs;
pub mod rds;
pub mod s3;
pub mod secretsmanager;
pub mod sns;
pub mod ssm;
pub mod wafv2;

/// What every generated module uses.
mod prelude {
    pub(super) use std::collections::BTreeMap;

    pub(super) use crate::template::{Arn, Handle, Id, Literal, Name, Node, Resource, Tagging, ToNode, Value};

    /// The properties that are set so far.
    pub(super) type Properties = Vec<(&'static str, Node)>;

    pub(super) fn required<T>(out: &mut Properties, name: &'static str, value: &Value<T>) {
        out.push((name, value.to_node()));
    }

    pub(super) fn optional<T>(out: &mut Properties, name: &'static str, value: Option<&Value<T>>) {
        out.extend(value.map(|value| (name, value.to_node())));
    }

    pub(super) fn object(properties: Properties) -> Node {
        Node::map(properties)
    }
}
