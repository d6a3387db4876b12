//! Workloads on ECS: what a task is, how many run, and how a new version takes over.

mod codedeploy;
mod container;
mod image;
mod log;
pub(super) mod migration;
mod rollout;
mod scaling;
mod secrets;
pub(super) mod service;
pub(super) mod targets;
mod task;

pub(crate) use image::{IMAGE_DIGEST, IMAGE_TAG};
pub(super) use targets::Targets;
