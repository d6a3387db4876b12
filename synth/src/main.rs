//! Renders the systems.

fn main() {}
