//! The ARN of a role is not the ARN of a topic.
use synth::aws::{cloudwatch::Alarm, iam::Role};
use synth::template::Handle;

fn alarm(role: &Handle<Role>) -> Alarm {
    Alarm {
        alarm_actions: Some([role.arn()].into()), //~ E0277
        ..Alarm::new()
    }
}

fn main() {
    let _ = alarm;
}
