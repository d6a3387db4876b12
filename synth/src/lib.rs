//! CloudFormation that people can review, from a typed Rust model.

pub mod model;
pub mod systems;
pub mod template;
