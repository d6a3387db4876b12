//! CloudFormation that people can review, from a typed Rust model.
