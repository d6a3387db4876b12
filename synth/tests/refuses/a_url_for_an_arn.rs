//! A text is not an ARN, however much it looks like one.
use synth::aws::sns::Subscription;

fn main() {
    let _ = Subscription::new("email", "https://sns.us-east-1.amazonaws.com/111122223333/alerts"); //~ E0277
}
