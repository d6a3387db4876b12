//! The integration tests of synth, one binary.
mod aws;
mod checks;
mod cli;
mod files;
mod model;
mod permissions;
mod properties;
mod read;
mod readme;
mod refuses;
mod review;
mod schema;
mod systems;
mod template;
mod workflow;
