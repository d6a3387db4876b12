//! That environments are apart, even in one account: policies are evaluated on what the templates will make.
//!
//! Nothing here asks how permissions were computed. It reads the rendered files as AWS would.

mod apart;
mod byproducts;
mod calls;
mod condition;
mod known;
mod more;
mod pattern;
mod physical;
mod policy;
mod principals;
mod resolve;
mod sites;
mod uncalled;
mod works;
mod world;
