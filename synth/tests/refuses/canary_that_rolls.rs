//! A rolling deployment shifts no traffic.
use synth::model::{Minutes, Percent, Shift, Strategy};

fn main() {
    let (first, bake) = (Percent::of::<10>(), Minutes(5));
    let _ = Strategy::Rolling(Shift::Canary { first, bake }); //~ E0618
}
