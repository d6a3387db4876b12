//! What will hurt.

mod added_capability;
mod administrator_binding;
mod cron_without_deadline;
mod crowded_replicas;
mod ended_version;
mod escalating_container;
mod escalating_rule;
mod floating_image;
mod host_namespace;
mod host_path;
mod host_port;
mod interrupting_rollout;
mod kept_capabilities;
mod kept_job;
mod kept_sick_pods;
mod missing_probe;
mod missing_seccomp_profile;
mod mounted_token;
mod old_account_field;
mod open_node_port;
mod plain_ingress;
mod plain_secret;
mod privileged_container;
mod refused_pod;
mod root_container;
mod single_replica;
mod ssh_port;
mod unbounded_container;
mod unbudgeted_replicas;
mod wildcard_rule;
mod writable_container;

use crate::checks::Rule;

/// Every rule of the family, by name.
pub(in crate::checks) const RULES: &[&Rule] = &[
    &added_capability::RULE,
    &administrator_binding::RULE,
    &cron_without_deadline::RULE,
    &crowded_replicas::RULE,
    &ended_version::RULE,
    &escalating_container::RULE,
    &escalating_rule::RULE,
    &floating_image::RULE,
    &host_namespace::RULE,
    &host_path::RULE,
    &host_port::RULE,
    &interrupting_rollout::RULE,
    &kept_capabilities::RULE,
    &kept_job::RULE,
    &kept_sick_pods::RULE,
    &missing_probe::RULE,
    &missing_seccomp_profile::RULE,
    &mounted_token::RULE,
    &old_account_field::RULE,
    &open_node_port::RULE,
    &plain_ingress::RULE,
    &plain_secret::RULE,
    &privileged_container::RULE,
    &refused_pod::RULE,
    &root_container::RULE,
    &single_replica::RULE,
    &ssh_port::RULE,
    &unbounded_container::RULE,
    &unbudgeted_replicas::RULE,
    &wildcard_rule::RULE,
    &writable_container::RULE,
];
