//! Starts the predictor service.

fn main() {}
