//! Reads templates and workflows that anybody wrote: what they say, what is wrong with them, what a change does.
//!
//! It renders nothing and knows no model. Whoever only validates or reviews depends on this crate alone: with the types
//! of AWS's resources and the model it would be three times as much to compile.
//!
//! Data goes one way, and a module uses only what stands above it here.
//!
//! | Module | What it knows |
//! | --- | --- |
//! | [`schema`] | AWS's schemas of all resource types, IAM's actions, Kubernetes' kinds and GitHub's facts, embedded and decoded by type |
//! | [`read`] | any document, JSON or YAML, as a tree that knows where everything stands; [`read::template`]: what a template says |
//! | [`checks`] | one file for each rule; they read what will be deployed |
//! | [`review`] | two versions of templates, manifests and workflows: what changes, what that does, what gets wider |

pub mod checks;
pub mod read;
pub mod review;
pub mod schema;
