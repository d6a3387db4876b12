//! How requests come in: the Service, and the Ingress for which a controller makes a load balancer: EKS's own in Auto Mode,
//! that of the cluster where its machines are a group.

use super::Place;
use super::operators::mesh::GATEWAY;
use super::pods::PORT;
use crate::k8s::{core, eks, elbv2, networking};
use crate::manifest::{Bundle, Error, Given, Metadata, Name};
use crate::model::{Entry, Environment, Firewall, Keeping, Stack, System};
use crate::resources::entry::target::{self, GATEWAY_HEALTH, HEALTH_CHECK};
use crate::resources::entry::{self, TLS_POLICY};
use crate::resources::{ACCESS_LOGS, ACCESS_LOGS_PREFIX, BALANCER_GROUP, FIREWALL, balancer};

pub(super) fn service(place: Place<'_>, bundle: &mut Bundle) -> Result<Name<core::Service>, Error> {
    let port = core::ServicePort {
        name: Some(PORT.into()),
        protocol: Some(core::ServicePortProtocol::Tcp),
        target_port: Some(PORT.into()),
        ..core::ServicePort::new(80)
    };
    let spec = core::ServiceSpec {
        ports: Some(vec![port]),
        selector: Some(place.labels().selector()),
        r#type: Some(core::ServiceSpecType::ClusterIp),
        ..Default::default()
    };
    bundle.add(core::Service::new(place.own(), spec))
}

pub(super) fn expand(place: Place<'_>, bundle: &mut Bundle, service: &Name<core::Service>) -> Result<(), Error> {
    let class = class(place, bundle)?;
    let rule = networking::IngressRule {
        host: place.system.host(place.environment),
        http: Some(networking::HTTPIngressRuleValue::new(paths(place, service))),
    };
    let spec = networking::IngressSpec {
        ingress_class_name: Some(class),
        rules: Some(vec![rule]),
        ..Default::default()
    };
    bundle.add_in(
        place.system.entry_namespace(),
        networking::Ingress::new(annotated(place), spec),
    )?;
    Ok(())
}

/// Who makes the load balancer, whom it is for, and how it proves who it is. The subnets it finds by their tags.
fn class(place: Place<'_>, bundle: &mut Bundle) -> Result<Name<networking::IngressClass>, Error> {
    let name = || place.named(&format!("{}-alb", place.system.name));
    let (controller, group, parameters) = if place.system.node_group().is_some() {
        let parameters = elbv2::IngressClassParamsSpec {
            certificate_arn: certificates(place),
            // What the controller may do is said by this name.
            load_balancer_name: Some(balancer(place.system, place.environment)),
            scheme: Some(elbv2::IngressClassParamsSpecScheme::InternetFacing),
            ..Default::default()
        };
        let parameters = bundle.add(elbv2::IngressClassParams::new(name(), parameters))?;
        ("ingress.k8s.aws/alb", "elbv2.k8s.aws", parameters.as_str().to_owned())
    } else {
        let parameters = eks::IngressClassParamsSpec {
            certificate_arns: certificates(place),
            scheme: Some(eks::IngressClassParamsSpecScheme::InternetFacing),
            ..Default::default()
        };
        let parameters = bundle.add(eks::IngressClassParams::new(name(), parameters))?;
        (
            "eks.amazonaws.com/alb",
            "eks.amazonaws.com",
            parameters.as_str().to_owned(),
        )
    };
    let reference = networking::IngressClassParametersReference {
        api_group: Some(group.into()),
        ..networking::IngressClassParametersReference::new("IngressClassParams", parameters)
    };
    let class = networking::IngressClassSpec {
        controller: Some(controller.into()),
        parameters: Some(reference),
    };
    bundle.add(networking::IngressClass::new(name(), class))
}

fn certificates(place: Place<'_>) -> Option<Vec<String>> {
    match place.environment.entry {
        Entry::Https { .. } => Some(vec![place.environment.account().certificate.to_string()]),
        Entry::Http { .. } => None,
    }
}

/// What is for inside is answered by the load balancer itself; the rest goes to the service.
fn paths(place: Place<'_>, service: &Name<core::Service>) -> Vec<networking::HTTPIngressPath> {
    let to = |name: Name<core::Service>, port: &str| networking::IngressBackend {
        service: Some(networking::IngressServiceBackend {
            port: Some(networking::ServiceBackendPort {
                name: Some(port.into()),
                ..Default::default()
            }),
            ..networking::IngressServiceBackend::new(name)
        }),
        ..Default::default()
    };
    // An Ingress leads to Services of its own namespace only.
    let service = if place.system.is_meshed() {
        Name::of_chart(GATEWAY)
    } else {
        service.clone()
    };
    let hidden = place
        .system
        .service
        .hidden
        .iter()
        .map(|path| networking::HTTPIngressPath {
            path: Some(path.clone()),
            // The controller takes a name that an annotation gives for that of a Service.
            ..networking::HTTPIngressPath::new(
                to(Name::of_action(HIDDEN), "use-annotation"),
                networking::HTTPIngressPathPathType::Exact,
            )
        });
    let all = networking::HTTPIngressPath {
        path: Some("/".into()),
        ..networking::HTTPIngressPath::new(to(service, PORT), networking::HTTPIngressPathPathType::Prefix)
    };
    hidden.chain([all]).collect()
}

/// The action that answers for what is hidden.
const HIDDEN: &str = "hidden";

/// What the controller reads (AWS Load Balancer Controller, "Ingress annotations"). Each value is a text.
fn annotated(place: Place<'_>) -> Metadata {
    const ALB: &str = "alb.ingress.kubernetes.io/";
    let service = &place.system.service;
    let mut given = health(place);
    given.extend([
        ("load-balancer-attributes", joined(attributes(place))),
        ("target-group-attributes", joined(target::attributes(service))),
        ("target-type", "ip".into()),
    ]);
    if !service.hidden.is_empty() {
        let answer =
            r#"{"type":"fixed-response","fixedResponseConfig":{"contentType":"text/plain","statusCode":"404"}}"#;
        given.push(("actions.hidden", answer.into()));
    }
    match place.environment.entry {
        Entry::Https { .. } => given.extend([
            ("listen-ports", r#"[{"HTTP":80},{"HTTPS":443}]"#.into()),
            ("ssl-policy", TLS_POLICY.into()),
            ("ssl-redirect", "443".into()),
        ]),
        Entry::Http { .. } => given.push(("listen-ports", r#"[{"HTTP":80}]"#.into())),
    }
    for output in outputs(place.system, place.environment) {
        match output {
            Given::Output { name: FIREWALL, .. } => given.push(("wafv2-acl-arn", output.to_string())),
            Given::Output {
                name: BALANCER_GROUP, ..
            } => given.push(("security-groups", output.to_string())),
            _ => {}
        }
    }
    given.into_iter().fold(place.own(), |metadata, (key, value)| {
        metadata.annotated(&format!("{ALB}{key}"), value)
    })
}

/// How a target is asked whether it takes requests: a gateway by a port of its own.
fn health(place: Place<'_>) -> Vec<(&'static str, String)> {
    let (port, path) = if place.system.is_meshed() {
        (Some(GATEWAY_HEALTH.0), GATEWAY_HEALTH.1)
    } else {
        (None, place.system.service.health.path.as_str())
    };
    let mut given = vec![
        ("healthcheck-interval-seconds", HEALTH_CHECK.interval.to_string()),
        ("healthcheck-path", path.to_owned()),
        ("healthcheck-timeout-seconds", HEALTH_CHECK.timeout.to_string()),
        ("healthy-threshold-count", HEALTH_CHECK.healthy.to_string()),
        ("success-codes", HEALTH_CHECK.status.into()),
        ("unhealthy-threshold-count", HEALTH_CHECK.unhealthy.to_string()),
    ];
    given.extend(port.map(|port| ("healthcheck-port", port.to_string())));
    given
}

fn attributes(place: Place<'_>) -> impl Iterator<Item = (&'static str, String)> {
    let keeps = place.environment.keeping == Keeping::Keep;
    let own = [
        ("access_logs.s3.bucket", logs().to_string()),
        ("access_logs.s3.enabled", "true".into()),
        ("access_logs.s3.prefix", ACCESS_LOGS_PREFIX.into()),
        ("deletion_protection.enabled", keeps.to_string()),
    ];
    own.into_iter().chain(entry::attributes(&place.system.service))
}

fn joined(attributes: impl IntoIterator<Item = (&'static str, String)>) -> String {
    let pairs = attributes.into_iter().map(|(key, value)| format!("{key}={value}"));
    pairs.collect::<Vec<_>>().join(",")
}

fn logs() -> Given {
    of_network(ACCESS_LOGS)
}

fn of_network(name: &'static str) -> Given {
    Given::Output {
        stack: Stack::Network.name(),
        name,
    }
}

/// What the stacks make and the Ingress names.
pub(super) fn outputs(system: &System, environment: &Environment) -> Vec<Given> {
    let firewall = matches!(environment.firewall(), Firewall::On { .. }).then(|| of_network(FIREWALL));
    let group = system.node_group().map(|_| of_network(BALANCER_GROUP));
    [logs()].into_iter().chain(firewall).chain(group).collect()
}
