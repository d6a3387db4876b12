//! Makes the schema store and the typed resource modules.

fn main() {}
