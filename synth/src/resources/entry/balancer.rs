//! The load balancer. Its listeners stand with what they lead to.

use super::way::Way;
use super::{access_logs, groups};
use crate::aws::elasticloadbalancingv2 as elb;
use crate::model::Service;
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
    let [idle, headers] = attributes(&place.system.service);
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
                attribute(idle.0, idle.1.into()),
                attribute(headers.0, headers.1.into()),
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

/// The attributes of every load balancer, whether a stack makes it or the controller of the cluster does.
pub(crate) fn attributes(service: &Service) -> [(&'static str, String); 2] {
    [
        ("idle_timeout.timeout_seconds", service.idle_timeout().0.to_string()),
        ("routing.http.drop_invalid_header_fields.enabled", "true".to_owned()),
    ]
}

/// The address of the service.
fn url(place: Place<'_>, load_balancer: &Handle<elb::LoadBalancer>) -> Value<String> {
    match place.system.url(place.environment) {
        Some(url) => url.into(),
        None => sub("http://${balancer}", &[("balancer", &load_balancer.dns_name())]),
    }
}
