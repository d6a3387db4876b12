//! The integration tests of synth, one binary.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail as the test does")]

mod alone;
mod aws;
mod branches;
mod cases;
mod changes;
mod checks;
mod cli;
mod corpus;
mod costs;
mod elsewhere;
mod files;
mod front;
mod fuzz;
mod gate;
mod kept;
mod known;
mod left;
mod machines;
#[path = "../../examples/machines.rs"]
#[expect(dead_code, reason = "it is a program of its own")]
mod machines_alone;
mod model;
mod monitoring;
mod out;
#[path = "../../examples/own_system.rs"]
#[expect(dead_code, reason = "it is a program of its own")]
mod own_system;
mod pages;
mod permissions;
mod properties;
mod read;
mod readme;
mod refuses;
mod review;
mod rights;
mod schema;
mod script;
mod systems;
mod template;
mod tidy;
mod tofu;
mod told;
mod workflow;
mod yaml;
