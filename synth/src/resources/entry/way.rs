//! What services need of the way in.

use crate::aws::{ec2, elasticloadbalancingv2 as elb};
use crate::template::Handle;

/// What services need of the way in.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    pub(crate) load_balancer: Handle<elb::LoadBalancer>,
    /// The group of what the load balancer sends requests to.
    pub(crate) service_group: Handle<ec2::SecurityGroup>,
}
