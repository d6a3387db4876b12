//! CloudFormation that people can review, from a typed Rust model.

pub mod aws;
pub mod checks;
pub mod cli;
pub mod files;
pub mod model;
pub mod permissions;
pub mod read;
mod readme;
mod render;
pub mod resources;
pub mod review;
pub mod schema;
pub mod systems;
pub mod template;
pub mod text;
pub mod workflow;

pub use render::{Error, Rendered, StackEntry, render};
