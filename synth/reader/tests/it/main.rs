//! Tests of the reader.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail as the test does")]

mod kubernetes;
