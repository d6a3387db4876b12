//! A required property cannot be left out.
use synth::aws::sns::Subscription;

fn main() {
    let _ = Subscription::new("email"); //~ E0061
}
