//! The integration tests of synth, one binary.
mod checks;
mod permissions;
mod read;
mod refuses;
mod schema;
mod workflow;
