//! That environments are apart, even in one account: policies are evaluated on what the templates will make.
//!
//! Nothing here asks how permissions were computed. It reads the rendered files as AWS would.

mod condition;
mod pattern;
mod policy;
