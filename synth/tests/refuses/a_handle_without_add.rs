//! Only `add` makes a handle, so none can dangle.
use synth::aws::ec2::Vpc;
use synth::template::{Handle, LogicalId, StackName};

fn handle(stack: StackName, id: LogicalId) -> Handle<Vpc> {
    Handle::new(stack, id) //~ E0624
}

fn main() {
    let _ = handle;
}
