//! What the rest of an environment needs of its network.

use crate::aws::ec2;
use crate::template::{Handle, Id, LogicalId, Value};

/// What the rest of an environment needs of its network.
#[derive(Clone, Debug)]
pub(crate) struct Parts {
    pub(crate) vpc: Handle<ec2::Vpc>,
    pub(crate) public: Vec<Handle<ec2::Subnet>>,
    pub(crate) private: Vec<Handle<ec2::Subnet>>,
    /// The way to the internet: what has a public address is made after it.
    pub(crate) gateway: LogicalId,
}

/// The ids of subnets.
pub(crate) fn ids(subnets: &[Handle<ec2::Subnet>]) -> Value<Vec<Id<ec2::Subnet>>> {
    subnets.iter().map(Handle::<ec2::Subnet>::id).collect::<Vec<_>>().into()
}
