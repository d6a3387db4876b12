//! A percent is 0 to 100.
use synth::model::Percent;

fn main() {
    let _ = Percent::of::<120>(); //~ E0277
}
