//! A resource with required properties has no default that leaves them empty.
use synth::aws::sns::Subscription;

fn main() {
    let _ = Subscription::default(); //~ E0599
}
