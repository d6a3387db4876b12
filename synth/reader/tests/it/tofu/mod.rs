//! `OpenTofu`, as others write it.

mod facts;
