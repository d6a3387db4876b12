//! CloudFormation that people can review, from a typed Rust model.

pub mod template;
