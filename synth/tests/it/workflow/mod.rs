//! Workflows: what they look like, and what follows from them.

mod checks;
mod grants;
mod pins;
mod render;
pub(crate) mod sample;
mod scripts;
mod thorough;
