//! The load balancer. Its listeners stand with what they lead to.

use super::way::Way;
use super::{access_logs, groups};
use crate::aws::elasticloadbalancingv2 as elb;
use crate::model::Entry;
use crate::resources::network::{Parts, ids};
use crate::resources::place::{Place, protection};
use crate::template::{Error, Handle, LogicalId, Settings, Template, Value, sub};

/// The output that says where the service answers.
pub(crate) const URL: &str = "Url";

pub(crate) fn expand(place: Place<'_>, template: &mut Template, parts: &Parts) -> Result<Way, Error> {
    let (balancer_group, service_group) = groups::expand(place, template, parts)?;
    let (bucket, policy) = access_logs::expand(place, template)?;
    let attribute = |key: &str, value: Value<String>| elb::LoadBalancerAttribute {
        key: Some(key.into()),
        value: Some(value),
    };
    let idle = place.system.service.idle_timeout().0.to_string();
    let protection = if place.keeps() {
        protection(template)?
    } else {
        "false".into()
    };
    let load_balancer = elb::LoadBalancer {
        load_balancer_attributes: Some(
            vec![
                attribute("access_logs.s3.enabled", "true".into()),
                attribute("access_logs.s3.bucket", bucket.name().text()),
                attribute("access_logs.s3.prefix", access_logs::PREFIX.into()),
                attribute("deletion_protection.enabled", protection),
                attribute("idle_timeout.timeout_seconds", idle.as_str().into()),
                attribute("routing.http.drop_invalid_header_fields.enabled", "true".into()),
            ]
            .into(),
        ),
        scheme: Some(elb::LoadBalancerScheme::InternetFacing.into()),
        security_groups: Some([balancer_group.id()].into()),
        subnets: Some(ids(&parts.public)),
        r#type: Some(elb::LoadBalancerType::Application.into()),
        ..elb::LoadBalancer::new()
    };
    let settings = Settings::after([policy, parts.gateway.clone()]);
    let load_balancer = template.add_with(LogicalId::new("", "LoadBalancer"), &load_balancer, settings)?;
    template.output(URL, "Where the service answers.", url(place, &load_balancer))?;
    Ok(Way {
        load_balancer,
        service_group,
    })
}

/// The address of the service.
fn url(place: Place<'_>, load_balancer: &Handle<elb::LoadBalancer>) -> Value<String> {
    match &place.environment.entry {
        Entry::Https { host } => format!("https://{host}.{}", place.system.owner.domain).into(),
        Entry::Http { .. } => sub("http://${balancer}", &[("balancer", &load_balancer.dns_name())]),
    }
}
