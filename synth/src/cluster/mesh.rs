//! The mesh: who calls whom is proved and not only said, and what comes in from outside comes by a gateway that is of it
//! (<https://istio.io/latest/docs/ambient/architecture/>).

use std::collections::BTreeMap;

use super::namespace::hard;
use super::operators::mesh::{GATEWAY, GATEWAY_LABEL, GATEWAY_SIZE, gateways};
use super::{Place, monitoring};
use crate::k8s::core;
use crate::k8s::istio;
use crate::manifest::{Bundle, Error, Name};
use crate::resources::entry::target::GATEWAY_PORT;

/// The port by which calls inside of the mesh come to pods, encrypted
/// (<https://istio.io/latest/docs/ambient/architecture/hbone/>).
pub(super) const TUNNEL: i64 = 15008;

/// Where istiod tells what the gateway needs to know.
pub(super) const CONTROL: (&str, (&str, &str), i64) = ("istio-system", ("app", "istiod"), 15012);

/// Where the machine's own questions come from in pods of the mesh: they pass it by
/// (<https://istio.io/latest/docs/ambient/usage/networkpolicy/>).
pub(super) const PROBES: &str = "169.254.7.127/32";

/// What calls may come, and by which way.
pub(super) fn expand(place: Place<'_>, bundle: &mut Bundle, service: &Name<core::Service>) -> Result<(), Error> {
    if !place.system.is_meshed() {
        return Ok(());
    }
    bundle.add(encrypted(place))?;
    bundle.add(nobody(place))?;
    bundle.add(callers(place))?;
    let namespace = place.system.entry_namespace();
    bundle.add_in(namespace, core::ResourceQuota::new(place.named(GATEWAY), quota(place)))?;
    let gateway = bundle.add_in(namespace, gateway(place))?;
    bundle.add_in(namespace, route(place, &gateway, service))?;
    Ok(())
}

/// What the gateways may take: a quarter more of them comes with a new version.
fn quota(place: Place<'_>) -> core::ResourceQuotaSpec {
    let (_, most) = gateways(place.environment);
    let (limit, request) = GATEWAY_SIZE;
    core::ResourceQuotaSpec {
        hard: Some(hard(most + most.div_ceil(4), limit, request)),
        ..Default::default()
    }
}

fn encrypted(place: Place<'_>) -> istio::PeerAuthentication {
    let says = "Pods take calls of the mesh, and no others: encrypted, from somebody who proves who that is. What their \
                machine asks them passes it by, which is how probes go on";
    let spec = istio::PeerAuthenticationSpec {
        mtls: Some(istio::PeerAuthenticationSpecMtls {
            mode: Some(istio::PeerAuthenticationSpecMtlsMode::Strict),
        }),
    };
    istio::PeerAuthentication::new(place.described("default", says), spec)
}

/// Without a rule it allows nothing, to no pod of the namespace.
fn nobody(place: Place<'_>) -> istio::AuthorizationPolicy {
    let says = "Nobody may call a pod but who another policy names";
    istio::AuthorizationPolicy::new(
        place.described("default-deny", says),
        istio::AuthorizationPolicySpec::default(),
    )
}

/// What encrypts calls sees accounts and ports, and no paths: whom Prometheus asks for figures it could ask for more.
fn callers(place: Place<'_>) -> istio::AuthorizationPolicy {
    let system = place.system;
    let mut accounts = vec![principal(system.entry_namespace(), GATEWAY)];
    let mut says = "The gateway may call the port of the service".to_owned();
    if system.monitoring.prometheus().is_some() {
        accounts.push(principal(monitoring::namespace(), monitoring::ACCOUNT));
        says += ", and so may Prometheus: its figures stand on the same port, and a policy of this kind knows no paths";
    }
    let from = accounts
        .into_iter()
        .map(|account| istio::AuthorizationPolicySpecRulesFrom {
            source: Some(istio::AuthorizationPolicySpecRulesFromSource {
                principals: Some(vec![account]),
            }),
        });
    let operation = istio::AuthorizationPolicySpecRulesToOperation {
        ports: Some(vec![system.service.port.number().to_string()]),
    };
    let rule = istio::AuthorizationPolicySpecRules {
        from: Some(from.collect()),
        to: Some(vec![istio::AuthorizationPolicySpecRulesTo {
            operation: Some(operation),
        }]),
    };
    let spec = istio::AuthorizationPolicySpec {
        action: Some(istio::AuthorizationPolicySpecAction::Allow),
        rules: Some(vec![rule]),
        selector: Some(istio::AuthorizationPolicySpecSelector {
            match_labels: Some(place.labels().selector()),
        }),
    };
    istio::AuthorizationPolicy::new(place.described(system.workload(), &says), spec)
}

/// An account as the mesh proves it; the first part is what it trusts in, which is called so unless told otherwise.
fn principal(namespace: &str, account: &str) -> String {
    format!("cluster.local/ns/{namespace}/sa/{account}")
}

fn hosts(place: Place<'_>) -> Vec<String> {
    vec![place.system.host(place.environment).unwrap_or_else(|| "*".to_owned())]
}

/// What the gateway takes: what the load balancer sends it, whose connection with the client was encrypted until there.
fn gateway(place: Place<'_>) -> istio::Gateway {
    let (key, value) = GATEWAY_LABEL;
    let port = istio::GatewaySpecServersPort::new("http", GATEWAY_PORT, "HTTP");
    let spec = istio::GatewaySpec {
        selector: Some(BTreeMap::from([(key.to_owned(), value.to_owned())])),
        servers: Some(vec![istio::GatewaySpecServers::new(hosts(place), port)]),
    };
    istio::Gateway::new(place.own(), spec)
}

/// Which way it goes from there. The load balancer hides what is for inside, too, but compares paths letter by letter,
/// and the gateway makes `//metrics` the same as `/metrics` before it compares.
fn route(place: Place<'_>, gateway: &Name<istio::Gateway>, service: &Name<core::Service>) -> istio::VirtualService {
    let hidden = place
        .system
        .service
        .hidden
        .iter()
        .map(|path| istio::VirtualServiceSpecHttpMatch {
            uri: Some(istio::VirtualServiceSpecHttpMatchUri {
                exact: Some(path.clone()),
                ..Default::default()
            }),
        });
    let hidden: Vec<_> = hidden.collect();
    let nothing = (!hidden.is_empty()).then(|| istio::VirtualServiceSpecHttp {
        direct_response: Some(istio::VirtualServiceSpecHttpDirectResponse::new(404)),
        r#match: Some(hidden),
        ..Default::default()
    });
    let spec = istio::VirtualServiceSpec {
        gateways: Some(vec![gateway.as_str().to_owned()]),
        hosts: Some(hosts(place)),
        http: Some(nothing.into_iter().chain([to_service(place, service)]).collect()),
    };
    istio::VirtualService::new(place.own(), spec)
}

fn to_service(place: Place<'_>, service: &Name<core::Service>) -> istio::VirtualServiceSpecHttp {
    let host = format!("{}.{}.svc.cluster.local", service.as_str(), place.system.namespace());
    let destination = istio::VirtualServiceSpecHttpRouteDestination {
        port: Some(istio::VirtualServiceSpecHttpRouteDestinationPort { number: Some(80) }),
        ..istio::VirtualServiceSpecHttpRouteDestination::new(host)
    };
    istio::VirtualServiceSpecHttp {
        // Only what has not reached a pod is tried again: a request may change something.
        retries: Some(istio::VirtualServiceSpecHttpRetries {
            attempts: Some(1),
            retry_on: Some("connect-failure,refused-stream".into()),
        }),
        route: Some(vec![istio::VirtualServiceSpecHttpRoute::new(destination)]),
        // Later than the service gives up itself.
        timeout: Some(format!("{}s", place.system.service.longest_request.0.saturating_add(5))),
        ..Default::default()
    }
}
