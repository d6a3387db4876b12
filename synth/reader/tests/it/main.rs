//! Tests of the reader.

mod kubernetes;
