//! CloudFormation that people can review, from a typed Rust model.
//!
//! [`render`] takes a [`model::System`] that [`model::Systems`] has looked at, and gives the text of all its files:
//!
//! ```text
//! model::System ─┬> resources ─> template ──────┐
//!                ├> cluster ───> manifest ──────┤
//!                ├> workflow ──> permissions ───┤
//!                │               │              ├─> checks ─> files ─> out/
//!                └> readme <─────┴─ templates ──┘
//! ```
//!
//! # The map of the house
//!
//! Data goes one way, and a module uses only what stands above it here. [`schema`], [`read`], [`checks`] and [`review`]
//! are a crate of their own, `synth-reader`, for whoever renders nothing.
//!
//! | Module | What it knows |
//! | --- | --- |
//! | [`schema`] | AWS's schemas of all resource types, IAM's actions, the kinds of Kubernetes and of Google Cloud, embedded and decoded by type |
//! | [`read`] | any document, JSON or YAML, as a tree that knows where everything stands; [`read::template`]: what a template says |
//! | [`checks`] | one file for each rule; they read what will be deployed and do not know the model |
//! | [`review`] | two versions of templates: what changes, what that does, what gets wider |
//! | [`template`] | the CloudFormation language: values, references, resources, templates, linked stacks |
//! | [`manifest`] | the Kubernetes language: objects with typed names and labels, bundles, placeholders, YAML |
//! | [`tofu`] | the `OpenTofu` language: typed references, variables, outputs, modules, its JSON syntax |
//! | [`aws`] | resource types as Rust types, generated from the schemas by `cargo codegen write` |
//! | [`k8s`] | kinds of Kubernetes as Rust types, generated from their definitions by `cargo codegen write` |
//! | [`google`] | kinds of Google Cloud as Rust types, generated from the schema of `OpenTofu`'s provider by `cargo codegen write` |
//! | [`model`] | what a system is, in words that are not AWS's; it knows no CloudFormation |
//! | [`systems`] | the systems of this repository, and what only you know |
//! | [`monitoring`] | an alert as a condition over signals, a panel as a chart; printed for CloudWatch and for Grafana |
//! | [`permissions`] | least privilege, from what templates hold and what steps of workflows do |
//! | [`resources`] | from the model to resources: one file for each thing of the model |
//! | [`cluster`] | from the model to manifests: one file for each thing of the model |
//! | [`text`] | the one tera environment: `templates/` lays text out, Rust decides what is in it |
//! | [`machines`](mod@machines) | from the model to machines of one's own: what each does at its start, and the scripts of whoever keeps them |
//! | [`workflow`] | GitHub's workflows as types: jobs, steps, and what each step may do |
//! | `render` | a system with everything that is rendered for it, as a value |
//! | `readme` | the README of a system, from the model and from what is rendered |
//! | `script` | the script that deploys a system without GitHub |
//! | `compose` | the system on a developer's own machine |
//! | `rendered` | all files of a system, and what the checks say of them: [`render`](fn@render), [`Rendered`] |
//! | [`files`] | paths and texts against the disk |
//! | [`cli`] | one file for each subcommand: arguments in, text and an exit code out |
//!
//! What is absent: what renders knows no clock, no environment variable, no randomness and no disk, so the same model
//! gives the same bytes.

pub mod aws;
pub mod cli;
pub mod cluster;
mod compose;
pub mod files;
pub mod google;
pub mod k8s;
pub mod machines;
pub mod manifest;
pub mod model;
pub mod monitoring;
pub mod permissions;
mod readme;
mod render;
mod rendered;
pub mod resources;
mod script;
pub mod systems;
pub mod template;
pub mod text;
pub mod tofu;
pub mod workflow;

pub use render::{Error, StackEntry};
pub use rendered::{Rendered, render};
pub use synth_reader::{checks, read, review, schema};
