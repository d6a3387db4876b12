//! Plain HTTP needs a reason.
use synth::model::Entry;

fn main() {
    let _ = Entry::Http; //~ E0533
}
