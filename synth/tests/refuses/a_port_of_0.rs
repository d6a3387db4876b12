//! Nothing listens on port 0.
use synth::model::Port;

fn main() {
    let _ = Port::of::<0>(); //~ E0080
}
