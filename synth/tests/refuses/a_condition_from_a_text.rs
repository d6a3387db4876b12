//! Only `condition` makes a condition.
use synth::template::Condition;

fn main() {
    let _ = Condition("HasImage".to_owned()); //~ E0423
}
