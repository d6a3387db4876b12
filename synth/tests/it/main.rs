//! The integration tests of synth, one binary.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail as the test does")]

mod aws;
mod checks;
mod model;
mod permissions;
mod read;
mod readme;
mod refuses;
mod schema;
mod template;
mod workflow;
