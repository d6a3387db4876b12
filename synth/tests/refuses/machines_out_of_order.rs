//! A group of machines has as many as it has: the fewest first, the most last.

fn main() {
    let _ = synth::machines!(3, 2, 6); //~ E0080
}
