//! The rules: each fires once and is silent once. The helpers here are all that knows the API.

mod absent_resource;
mod allow;
mod arn_as_dimension;
mod circular_condition;
mod circular_dependency;
mod clashing_name;
mod closed_path;
mod colliding_export;
mod colliding_name;
mod colliding_route_table;
mod confused_deputy;
mod container_port_mismatch;
mod dangling_depends_on;
mod dangling_import;
mod dangling_map_key;
mod dangling_reference;
mod deletable_data;
mod deployment_without_rollback;
mod desired_count_with_scaling;
mod downtime_deployment;
mod duplicate_key;
mod encrypted_access_logs;
mod endless_logs;
mod endpoint_without_private_dns;
mod examples;
mod fixed_target_group_name;
mod foreign_domain;
mod idle_allowance;
mod image_expiry_by_age;
mod kept_invalid_headers;
mod links;
mod loose_oidc_trust;
mod macros;
mod malformed_arn;
mod malformed_assertion;
mod malformed_cidr;
mod malformed_condition;
mod malformed_dashboard;
mod malformed_dynamic_reference;
mod malformed_function;
mod malformed_health_check;
mod malformed_id;
mod malformed_mapping;
mod malformed_output;
mod malformed_parameter;
mod malformed_pipeline;
mod malformed_policy;
mod malformed_resource_id;
mod malformed_state_machine;
mod malformed_template;
mod malformed_window;
mod metric_of_another_namespace;
mod minimum_over_maximum;
mod mismatched_fifo;
mod mismatched_key_schema;
mod mismatched_operator;
mod mismatched_resources;
mod missing_bucket_policy_dependency;
mod missing_container_insights;
mod missing_flow_logs;
mod missing_grace_period;
mod missing_listener_dependency;
mod missing_property;
mod mutable_image_tags;
mod not_an_arn;
mod null_value;
mod open_port;
mod oversized_policy;
mod pass_role_wildcard;
mod passed_limit;
mod plain_http;
mod private_dns_without_hostnames;
mod read_only_property;
mod redundant_depends_on;
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
mod refused_storage;
mod refused_tag;
mod refused_timeout;
mod refused_value;
mod refused_word;
mod reserved_variable;
mod retired_resource_type;
mod root_user;
mod settled_condition;
mod show;
mod silent_topic;
mod subnet_outside_network;
mod sure;
mod type_missing_in_region;
mod undefined_condition;
mod unknown_action;
mod unknown_attribute;
mod unknown_condition_key;
mod unknown_dimension;
mod unknown_instance_type;
mod unknown_origin;
mod unknown_property;
mod unknown_resource_type;
mod unpinned_image;
mod unreadable_secret;
mod unsubstituted_variable;
mod unused_definition;
mod unused_parameter;
mod waf_log_name;
mod weak_tls_policy;
mod wildcard_permission;
mod writable_root;
mod wrong_reference;
mod wrong_type;

use synth::checks::{self, Finding};
use synth::read::{self, Document};

fn documents(texts: &[&str]) -> Vec<Document> {
    let named = texts.iter().enumerate();
    named
        .map(|(at, text)| read::document(&format!("{at}.yaml"), text).unwrap())
        .collect()
}

fn all(texts: &[&str]) -> Vec<Finding> {
    checks::run(&documents(texts))
}

/// What one rule says of templates that are deployed together, one line a finding.
fn together(rule: &str, texts: &[&str]) -> String {
    assert!(checks::rule(rule).is_some(), "no rule is named {rule}");
    let findings = all(texts).into_iter().filter(|finding| finding.rule == rule);
    findings.fold(String::new(), |lines, f| {
        format!("{lines}{}:{} {}\n", f.line, f.column, f.message)
    })
}

/// What one rule says of a template.
fn found(rule: &str, text: &str) -> String {
    together(rule, &[text])
}
