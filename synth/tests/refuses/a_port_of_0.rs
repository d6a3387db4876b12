//! Nothing listens on port 0.

fn main() {
    let _ = synth::port!(0); //~ E0080
}
