//! How a load balancer treats what it sends requests to. It is the same whether a stack makes the target group or the
//! controller of the cluster does.

use crate::model::Service;

/// How it asks whether a target takes requests.
pub(crate) struct HealthCheck {
    /// From one question to the next, in seconds.
    pub(crate) interval: u16,
    /// How long it waits for the answer, in seconds.
    pub(crate) timeout: u16,
    /// After so many good answers a target takes requests.
    pub(crate) healthy: u16,
    /// After so many bad ones it takes none.
    pub(crate) unhealthy: u16,
    /// The status of a good answer.
    pub(crate) status: &'static str,
}

pub(crate) const HEALTH_CHECK: HealthCheck = HealthCheck {
    interval: 10,
    timeout: 5,
    healthy: 2,
    unhealthy: 3,
    status: "200",
};

/// The port of a mesh's gateway that requests come to: one that nobody needs a right to listen on.
pub(crate) const GATEWAY_PORT: u16 = 8080;

/// The port of a mesh's gateway that tells whether it takes requests, and the path
/// (<https://istio.io/latest/docs/ops/deployment/application-requirements/>).
pub(crate) const GATEWAY_HEALTH: (u16, &str) = (15021, "/healthz/ready");

/// The attributes of the target group.
pub(crate) fn attributes(service: &Service) -> [(&'static str, String); 1] {
    let delay = service.deregistration_delay().0.to_string();
    [("deregistration_delay.timeout_seconds", delay)]
}
