//! What will hurt.

mod added_capability;
mod administrator_binding;
mod escalating_container;
mod escalating_rule;
mod floating_image;
mod host_namespace;
mod host_path;
mod host_port;
mod kept_capabilities;
mod missing_probe;
mod mounted_token;
mod plain_ingress;
mod plain_secret;
mod privileged_container;
mod refused_pod;
mod root_container;
mod single_replica;
mod unbounded_container;
mod wildcard_rule;
mod writable_container;

use crate::checks::Rule;

/// Every rule of the family, by name.
pub(in crate::checks) const RULES: &[&Rule] = &[
    &added_capability::RULE,
    &administrator_binding::RULE,
    &escalating_container::RULE,
    &escalating_rule::RULE,
    &floating_image::RULE,
    &host_namespace::RULE,
    &host_path::RULE,
    &host_port::RULE,
    &kept_capabilities::RULE,
    &missing_probe::RULE,
    &mounted_token::RULE,
    &plain_ingress::RULE,
    &plain_secret::RULE,
    &privileged_container::RULE,
    &refused_pod::RULE,
    &root_container::RULE,
    &single_replica::RULE,
    &unbounded_container::RULE,
    &wildcard_rule::RULE,
    &writable_container::RULE,
];
