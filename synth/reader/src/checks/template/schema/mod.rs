//! What AWS refuses.

mod clashing_name;
mod duplicate_key;
mod key_without_encryption;
mod malformed_arn;
mod malformed_assertion;
mod malformed_cidr;
mod malformed_condition;
mod malformed_dashboard;
mod malformed_dynamic_reference;
mod malformed_function;
mod malformed_health_check;
mod malformed_id;
mod malformed_interface;
mod malformed_mapping;
mod malformed_output;
mod malformed_parameter;
mod malformed_pipeline;
mod malformed_policy;
mod malformed_secret_arn;
mod malformed_state_machine;
mod malformed_template;
mod malformed_window;
mod minimum_over_maximum;
mod mismatched_key_schema;
mod missing_property;
mod not_an_arn;
mod null_value;
mod oversized_policy;
mod passed_limit;
mod read_only_property;
mod refused_attribute;
mod refused_combination;
mod refused_count;
mod refused_default;
mod refused_failover;
mod refused_name;
mod refused_network;
mod refused_port;
mod refused_record;
mod refused_runtime;
mod refused_schedule;
mod refused_setting;
mod refused_size;
mod refused_storage;
mod refused_tag;
mod refused_value;
mod refused_word;
mod reserved_variable;
mod retired_resource_type;
mod type_missing_in_region;
mod unknown_instance_type;
mod unknown_property;
mod unknown_resource_type;
mod wrong_type;

use crate::checks::Rule;

/// Every rule of the family, by name.
pub(in crate::checks) const RULES: &[&Rule] = &[
    &clashing_name::RULE,
    &duplicate_key::RULE,
    &key_without_encryption::RULE,
    &malformed_arn::RULE,
    &malformed_assertion::RULE,
    &malformed_cidr::RULE,
    &malformed_condition::RULE,
    &malformed_dashboard::RULE,
    &malformed_dynamic_reference::RULE,
    &malformed_function::RULE,
    &malformed_health_check::RULE,
    &malformed_id::RULE,
    &malformed_interface::RULE,
    &malformed_mapping::RULE,
    &malformed_output::RULE,
    &malformed_parameter::RULE,
    &malformed_pipeline::RULE,
    &malformed_policy::RULE,
    &malformed_secret_arn::RULE,
    &malformed_state_machine::RULE,
    &malformed_template::RULE,
    &malformed_window::RULE,
    &minimum_over_maximum::RULE,
    &mismatched_key_schema::RULE,
    &missing_property::RULE,
    &not_an_arn::RULE,
    &null_value::RULE,
    &oversized_policy::RULE,
    &passed_limit::RULE,
    &read_only_property::RULE,
    &refused_attribute::RULE,
    &refused_combination::RULE,
    &refused_count::RULE,
    &refused_default::RULE,
    &refused_failover::RULE,
    &refused_name::RULE,
    &refused_network::RULE,
    &refused_port::RULE,
    &refused_record::RULE,
    &refused_runtime::RULE,
    &refused_schedule::RULE,
    &refused_setting::RULE,
    &refused_size::RULE,
    &refused_storage::RULE,
    &refused_tag::RULE,
    &refused_value::RULE,
    &refused_word::RULE,
    &reserved_variable::RULE,
    &retired_resource_type::RULE,
    &type_missing_in_region::RULE,
    &unknown_instance_type::RULE,
    &unknown_property::RULE,
    &unknown_resource_type::RULE,
    &wrong_type::RULE,
];
