//! Fargate has no such size.
use synth::model::Size;

fn main() {
    let _ = Size::of::<256, 8192>(); //~ E0277
}
