//! The reader as others use it.

mod kubernetes;
