//! The way in, as CloudWatch knows it. The cluster makes the load balancer after the stacks, so that its names are
//! parameters that the pipeline gives.

use crate::monitoring::cloudwatch::{Names, Runs};
use crate::resources::place::Place;
use crate::template::{Error, Parameter, Template, Test, Value};

/// The parameter that says how CloudWatch names the load balancer.
pub(crate) const LOAD_BALANCER: &str = "LoadBalancerFullName";

/// The parameter that says how CloudWatch names its target group.
pub(crate) const TARGET_GROUP: &str = "TargetGroupFullName";

/// The condition that holds as soon as both are known.
const HAS_ENTRY: &str = "HasEntry";

pub(super) fn names(place: Place<'_>, template: &mut Template) -> Result<Names, Error> {
    let mut known = |name: &str, pattern: &str, what: &str| -> Result<Value<String>, Error> {
        template.parameter(
            name,
            Parameter {
                default: Some("none".into()),
                allowed_pattern: Some(format!("^(none|{pattern})$")),
                constraint: Some("its name in CloudWatch, or none before it is there".into()),
                ..Parameter::text(what)
            },
        )
    };
    let load_balancer = known(
        LOAD_BALANCER,
        "app/[A-Za-z0-9-]+/[a-f0-9]{16}",
        "The load balancer that the cluster made for the Ingress. A release sets it; until then its alarms are off.",
    )?;
    let target = known(
        TARGET_GROUP,
        "targetgroup/[A-Za-z0-9-]+/[a-f0-9]{16}",
        "The target group of that load balancer. A release sets it, too.",
    )?;
    let exists = template.condition(HAS_ENTRY, Test::differs(&load_balancer, "none"))?;
    Ok(Names {
        runs: Runs::Pods {
            cluster: place.prefix().into(),
            namespace: place.system.namespace().into(),
            service: place.system.workload().into(),
        },
        load_balancer,
        target,
        other_target: None,
        exists: Some(exists),
        database: place.prefix().into(),
    })
}
