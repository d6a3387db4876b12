//! What does not fit together.

mod absent_resource;
mod arn_as_dimension;
mod arn_without_path;
mod blocked_public_policy;
mod circular_condition;
mod circular_dependency;
mod closed_path;
pub(in crate::checks) mod colliding_export;
mod colliding_name;
mod colliding_route_table;
mod container_port_mismatch;
mod dangling_depends_on;
pub(in crate::checks) mod dangling_import;
mod dangling_map_key;
mod dangling_reference;
mod desired_count_with_scaling;
mod encrypted_access_logs;
mod foreign_domain;
mod malformed_resource_id;
mod metric_of_another_namespace;
mod mismatched_fifo;
mod mismatched_operator;
mod mismatched_resources;
mod missing_bucket_policy_dependency;
mod missing_container_insights;
mod missing_listener_dependency;
mod missing_order;
mod private_dns_without_hostnames;
mod redundant_depends_on;
mod refused_timeout;
mod repeated_rule;
mod settled_condition;
mod silent_topic;
mod subnet_outside_network;
mod undefined_condition;
mod unfit_resource;
mod unknown_action;
mod unknown_attribute;
mod unknown_condition_key;
mod unknown_dimension;
mod unknown_origin;
mod unreadable_secret;
mod unsubstituted_variable;
mod unused_definition;
mod unused_parameter;
mod waf_log_name;
mod wrong_reference;

use crate::checks::Rule;

/// Every rule of the family, by name.
pub(in crate::checks) const RULES: &[&Rule] = &[
    &absent_resource::RULE,
    &arn_as_dimension::RULE,
    &arn_without_path::RULE,
    &blocked_public_policy::RULE,
    &circular_condition::RULE,
    &circular_dependency::RULE,
    &closed_path::RULE,
    &colliding_export::RULE,
    &colliding_name::RULE,
    &colliding_route_table::RULE,
    &container_port_mismatch::RULE,
    &dangling_depends_on::RULE,
    &dangling_import::RULE,
    &dangling_map_key::RULE,
    &dangling_reference::RULE,
    &desired_count_with_scaling::RULE,
    &encrypted_access_logs::RULE,
    &foreign_domain::RULE,
    &malformed_resource_id::RULE,
    &metric_of_another_namespace::RULE,
    &mismatched_fifo::RULE,
    &mismatched_operator::RULE,
    &mismatched_resources::RULE,
    &missing_bucket_policy_dependency::RULE,
    &missing_container_insights::RULE,
    &missing_listener_dependency::RULE,
    &missing_order::RULE,
    &private_dns_without_hostnames::RULE,
    &redundant_depends_on::RULE,
    &refused_timeout::RULE,
    &repeated_rule::RULE,
    &settled_condition::RULE,
    &silent_topic::RULE,
    &subnet_outside_network::RULE,
    &undefined_condition::RULE,
    &unfit_resource::RULE,
    &unknown_action::RULE,
    &unknown_attribute::RULE,
    &unknown_condition_key::RULE,
    &unknown_dimension::RULE,
    &unknown_origin::RULE,
    &unreadable_secret::RULE,
    &unsubstituted_variable::RULE,
    &unused_definition::RULE,
    &unused_parameter::RULE,
    &waf_log_name::RULE,
    &wrong_reference::RULE,
];
