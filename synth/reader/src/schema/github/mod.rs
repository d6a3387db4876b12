//! Facts of GitHub: the actions that workflows may use, and what a token may touch.

pub mod claim;
pub mod pins;
mod token;

pub use token::{Level, Scope};
