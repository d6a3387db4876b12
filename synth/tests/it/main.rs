//! The integration tests of synth, one binary.
mod read;
