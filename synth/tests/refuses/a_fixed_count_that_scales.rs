//! A service that scales has no fixed number of tasks.
use synth::model::{Capacity, Percent};

fn main() {
    let _ = Capacity::Scaling {
        min: 2,
        max: 10,
        desired: 4, //~ E0559
        cpu: Percent::of::<60>(),
        memory: Percent::of::<70>(),
    };
}
