//! What the load balancer sends requests to, and the names by which CloudWatch knows what is here.

use super::entry::Way;
use super::place::Place;
use crate::aws::elasticloadbalancingv2 as elb;
use crate::monitoring::cloudwatch::Names;
use crate::template::Handle;

/// The tasks that the load balancer sends requests to: what the observability stack needs of a service. Where a new version runs beside the old one, they take turns.
#[derive(Clone, Debug)]
pub(crate) struct Targets {
    pub(crate) this: Handle<elb::TargetGroup>,
    pub(crate) other: Option<Handle<elb::TargetGroup>>,
}

/// Of all this only the load balancer and its target groups have names that AWS makes up.
pub(crate) fn names(place: Place<'_>, way: &Way, targets: &Targets) -> Names {
    Names {
        cluster: place.prefix().into(),
        service: place.system.name.as_str().into(),
        load_balancer: way.load_balancer.full_name(),
        target: targets.this.full_name(),
        other_target: targets.other.as_ref().map(Handle::<elb::TargetGroup>::full_name),
        database: place.prefix().into(),
    }
}
