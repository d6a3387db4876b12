//! The integration tests of synth, one binary.
mod permissions;
mod read;
mod schema;
mod workflow;
