//! A subnet is no VPC.
use synth::aws::ec2::Subnet;
use synth::template::Handle;

fn beside(subnet: &Handle<Subnet>) -> Subnet {
    Subnet::new(subnet.id()) //~ E0277
}

fn main() {
    let _ = beside;
}
