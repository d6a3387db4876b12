//! Listeners: on which ports requests come in. They stand in the stack of the service, with the rules that they have:
//! between HTTP and HTTPS a service moves from one to the other, and an export that another stack imports could not.

use super::way::Way;
use crate::aws::{certificatemanager, elasticloadbalancingv2 as elb};
use crate::model::{Checker, Entry, Stack, Waiver};
use crate::resources::place::Place;
use crate::template::{Arn, Error, Handle, LogicalId, Parameter, Template, Value};

/// AWS's recommendation: TLS 1.3 and 1.2 with forward secrecy and post-quantum key exchange. Without a policy
/// CloudFormation would take one of 2016, with TLS 1.0
/// (Elastic Load Balancing user guide, "Security policies for your Application Load Balancer").
pub(crate) const TLS_POLICY: &str = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

/// The listener that passes requests on, and the one that only redirects.
pub(crate) fn expand(place: Place<'_>, template: &mut Template, way: &Way) -> Result<Handle<elb::Listener>, Error> {
    let id = |role| LogicalId::new(role, "Listener");
    if let Entry::Http { .. } = place.environment.entry {
        return template.add(id("http"), &http(way, nothing_here()));
    }
    template.add(id("http"), &http(way, to_https()))?;
    let https = https(way, certificate(template)?);
    template.add(id("https"), &https)
}

/// The default answer: what no rule of a service takes. Blue/green deployments shift traffic on a rule.
fn nothing_here() -> elb::ListenerAction {
    let not_found = elb::FixedResponseConfig {
        content_type: Some("text/plain".into()),
        message_body: Some("not found".into()),
        ..elb::FixedResponseConfig::new("404")
    };
    elb::ListenerAction {
        fixed_response_config: Some(not_found.into()),
        ..elb::ListenerAction::new(elb::ListenerActionType::FixedResponse)
    }
}

fn to_https() -> elb::ListenerAction {
    let redirect = elb::RedirectConfig {
        port: Some("443".into()),
        protocol: Some("HTTPS".into()),
        ..elb::RedirectConfig::new(elb::RedirectConfigStatusCode::Http301)
    };
    elb::ListenerAction {
        redirect_config: Some(redirect.into()),
        ..elb::ListenerAction::new(elb::ListenerActionType::Redirect)
    }
}

fn http(way: &Way, action: elb::ListenerAction) -> elb::Listener {
    elb::Listener {
        port: Some(80.into()),
        protocol: Some(elb::ListenerProtocol::Http.into()),
        ..elb::Listener::new([action], way.load_balancer.arn())
    }
}

fn https(way: &Way, certificate: Value<Arn<certificatemanager::Certificate>>) -> elb::Listener {
    let certificate = elb::Certificate {
        certificate_arn: Some(certificate),
    };
    elb::Listener {
        certificates: Some([certificate].into()),
        port: Some(443.into()),
        protocol: Some(elb::ListenerProtocol::Https.into()),
        ssl_policy: Some(TLS_POLICY.into()),
        ..elb::Listener::new([nothing_here()], way.load_balancer.arn())
    }
}

/// The parameter that says which certificate HTTPS has.
pub(crate) const CERTIFICATE_ARN: &str = "CertificateArn";

fn certificate(template: &mut Template) -> Result<Value<Arn<certificatemanager::Certificate>>, Error> {
    template.parameter(
        CERTIFICATE_ARN,
        Parameter {
            allowed_pattern: Some("^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/[A-Za-z0-9-]+$".into()),
            constraint: Some("the ARN of a certificate of ACM in this region".into()),
            ..Parameter::text("The certificate for the domain, in the region of the load balancer.")
        },
    )
}

/// Of plain HTTP, for which the environment has a reason.
pub(crate) fn waivers(place: Place<'_>) -> Vec<Waiver> {
    let Entry::Http { because } = &place.environment.entry else {
        return Vec::new();
    };
    let rules = ["CKV_AWS_2", "CKV_AWS_103"].into_iter();
    rules
        .map(|rule| Waiver::new(Stack::Service, "HttpListener", Checker::Checkov, rule, because))
        .collect()
}
