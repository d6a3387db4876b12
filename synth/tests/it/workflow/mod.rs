//! Workflows: what they look like, and what follows from them.

mod grants;
mod pins;
mod render;
pub(crate) mod sample;
