//! The predictor through its router and over a real socket.

#![expect(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod app;
mod endpoints;
mod model;
mod predictions;
mod process;
mod slow;
mod stop;
