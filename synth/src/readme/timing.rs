//! The times of a shutdown, which must fit together or requests are lost.

use serde::Serialize;

use crate::model::System;
use crate::monitoring::cloudwatch::On;

/// A time, where it is set and why it is as long as it is.
#[derive(Serialize)]
pub(super) struct Row {
    what: &'static str,
    seconds: u32,
    place: &'static str,
    why: String,
}

pub(super) fn rows(system: &System) -> Vec<Row> {
    let service = &system.service;
    let row = |what, seconds, place, why: &str| Row {
        what,
        seconds,
        place,
        why: why.to_owned(),
    };
    let pods = On::of(system) == On::Pods;
    let of = |of_tasks, of_pods| if pods { of_pods } else { of_tasks };
    vec![
        row(
            "The longest request",
            service.longest_request.0,
            "`REQUEST_TIMEOUT_SECONDS`",
            "the model says so; the service ends what takes longer",
        ),
        row(
            "Deregistration delay",
            service.deregistration_delay().0,
            of("target group", "Ingress"),
            "longer than the longest request: the load balancer ends none that has begun",
        ),
        row(
            "Drain delay",
            service.drain_delay().0,
            of("`DRAIN_DELAY_SECONDS`", "`preStop` of the container"),
            of(
                "as long: a task that was told to stop takes requests until the load balancer sends no more",
                "as long: a pod that is on its way out takes requests until the load balancer sends no more, and is told to stop only then",
            ),
        ),
        row(
            "Stop timeout",
            service.stop_timeout().0,
            of("task definition", "`terminationGracePeriodSeconds`"),
            of(
                "drain delay, longest request and 10 seconds of air: then ECS kills the task (Fargate allows 120)",
                "drain delay, longest request and 10 seconds of air: then the container is killed",
            ),
        ),
        row(
            "Grace of a start",
            service.health.grace.0,
            of("service and container", "startup probe"),
            "longer than the slowest start: failed health checks do not count before",
        ),
    ]
}
