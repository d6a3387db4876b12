//! A value that is a text is not an ARN either.
use synth::aws::{cloudwatch::Alarm, sns::Topic};
use synth::template::{Arn, Value};

fn topic(text: Value<String>) -> Value<Arn<Topic>> {
    text //~ E0308
}

fn main() {
    let _ = (topic, Alarm::new());
}
