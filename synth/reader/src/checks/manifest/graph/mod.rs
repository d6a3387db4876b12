//! What does not fit together.

mod blocked_drain;
mod clashing_node_port;
mod closed_call;
mod closed_dns;
mod closed_port;
mod closed_probe;
mod dangling_key;
mod dangling_object;
mod dangling_route;
mod headed_service;
mod idle_binding;
mod idle_monitor;
mod idle_patch;
mod idle_peer;
mod idle_scaler;
mod idle_selector;
mod mismatched_selector;
mod missing_volume;
mod open_pod;
mod overlapping_ranges;
mod replicas_beside_scaler;
mod scaler_without_requests;
mod scaler_without_target;
mod twice_named;

use crate::checks::Rule;
pub(super) use idle_patch::RULE as IDLE_PATCH;

/// Every rule of the family, by name.
pub(in crate::checks) const RULES: &[&Rule] = &[
    &blocked_drain::RULE,
    &clashing_node_port::RULE,
    &closed_call::RULE,
    &closed_dns::RULE,
    &closed_port::RULE,
    &closed_probe::RULE,
    &dangling_key::RULE,
    &dangling_object::RULE,
    &dangling_route::RULE,
    &headed_service::RULE,
    &idle_binding::RULE,
    &idle_monitor::RULE,
    &idle_patch::RULE,
    &idle_peer::RULE,
    &idle_scaler::RULE,
    &idle_selector::RULE,
    &mismatched_selector::RULE,
    &missing_volume::RULE,
    &open_pod::RULE,
    &overlapping_ranges::RULE,
    &replicas_beside_scaler::RULE,
    &scaler_without_requests::RULE,
    &scaler_without_target::RULE,
    &twice_named::RULE,
];
