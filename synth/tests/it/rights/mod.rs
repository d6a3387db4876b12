//! That environments are apart, even in one account: policies are evaluated on what the templates will make.
//!
//! Nothing here asks how permissions were computed. It reads the rendered files as AWS would.

mod allowed;
mod apart;
mod byproducts;
mod calls;
mod commands;
mod condition;
mod facts;
mod found;
mod identities;
mod known;
mod more;
mod pattern;
mod physical;
mod policy;
mod principals;
mod refer;
mod registry;
mod resolve;
mod runs;
mod scripts;
mod sites;
mod stack;
mod stacks;
mod steps;
mod trust;
mod uncalled;
mod works;
mod world;
