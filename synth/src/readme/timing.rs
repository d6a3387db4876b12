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
    let row = |what, seconds, (place, why): (&'static str, &str)| Row {
        what,
        seconds,
        place,
        why: why.to_owned(),
    };
    let [delay, drain, stop, start] = places(On::of(system));
    let longest = (
        "`REQUEST_TIMEOUT_SECONDS`",
        "the model says so; the service ends what takes longer",
    );
    vec![
        row("The longest request", service.longest_request.0, longest),
        row("Deregistration delay", service.deregistration_delay().0, delay),
        row("Drain delay", service.drain_delay().0, drain),
        row("Stop timeout", service.stop_timeout().0, stop),
        row("Grace of a start", service.health.grace.0, start),
    ]
}

/// Where the times are set but the first, and why they are as long as they are.
fn places(on: On) -> [(&'static str, &'static str); 4] {
    let delay = "longer than the longest request: the load balancer ends none that has begun";
    let start = "longer than the slowest start: failed health checks do not count before";
    match on {
        On::Tasks => [
            ("target group", delay),
            (
                "`DRAIN_DELAY_SECONDS`",
                "as long: a task that was told to stop takes requests until the load balancer sends no more",
            ),
            (
                "task definition",
                "drain delay, longest request and 10 seconds of air: then ECS kills the task (Fargate allows 120)",
            ),
            ("service and container", start),
        ],
        On::Pods => [
            ("Ingress", delay),
            (
                "`preStop` of the container",
                "as long: a pod on its way out takes requests until the load balancer sends no more, and is told to stop then",
            ),
            (
                "`terminationGracePeriodSeconds`",
                "drain delay, longest request and 10 seconds of air: then the container is killed",
            ),
            ("startup probe", start),
        ],
    }
}
