//! What holds for any value, not only for those that somebody thought of.

mod json;
mod machines;
mod references;
mod systems;
