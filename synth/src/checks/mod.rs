//! Rules over templates: what AWS would refuse, what does not fit together, what will hurt.
//!
//! [`run`] looks at a set of documents at once, so that the exports and imports of a system's
//! stacks resolve among them. A rule is one file of this module with one `RULE`.

mod allow;
mod argument;
mod cron;
pub mod finding;
mod form;
pub mod function;
pub mod kind;
pub mod known;
pub mod links;
mod options;
mod path;
pub mod policy;
mod policy_condition;
mod policy_document;
mod principal;
mod reach;
mod report;
pub mod schema;
pub mod show;
pub mod transform;
mod update_policy;
pub mod view;
pub mod workflow;

mod absent_resource;
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
mod fixed_target_group_name;
mod foreign_domain;
mod idle_allowance;
mod image_expiry_by_age;
mod kept_invalid_headers;
mod loose_oidc_trust;
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
mod missing_part;
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
mod silent_topic;
mod subnet_outside_network;
mod type_missing_in_region;
mod undefined_condition;
mod unjudged_macro;
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

pub use finding::{Family, Finding, Level, Rule};
pub use options::Options;
pub use report::{Draft, Report};

use std::collections::BTreeSet;

use crate::read::Document;
use view::Set;

/// Every rule about templates, by family and name.
pub const RULES: &[&Rule] = &[
    &null_value::RULE,
    &malformed_parameter::RULE,
    &malformed_mapping::RULE,
    &malformed_output::RULE,
    &malformed_condition::RULE,
    &malformed_assertion::RULE,
    &clashing_name::RULE,
    &refused_attribute::RULE,
    &malformed_function::RULE,
    &malformed_id::RULE,
    &malformed_dynamic_reference::RULE,
    &malformed_policy::RULE,
    &oversized_policy::RULE,
    &refused_schedule::RULE,
    &refused_record::RULE,
    &refused_runtime::RULE,
    &mismatched_key_schema::RULE,
    &malformed_state_machine::RULE,
    &malformed_health_check::RULE,
    &refused_storage::RULE,
    &malformed_arn::RULE,
    &malformed_pipeline::RULE,
    &refused_count::RULE,
    &reserved_variable::RULE,
    &refused_failover::RULE,
    &refused_name::RULE,
    &refused_network::RULE,
    &refused_setting::RULE,
    &not_an_arn::RULE,
    &duplicate_key::RULE,
    &malformed_dashboard::RULE,
    &malformed_template::RULE,
    &minimum_over_maximum::RULE,
    &missing_property::RULE,
    &passed_limit::RULE,
    &read_only_property::RULE,
    &refused_combination::RULE,
    &refused_default::RULE,
    &refused_value::RULE,
    &retired_resource_type::RULE,
    &refused_word::RULE,
    &refused_tag::RULE,
    &refused_port::RULE,
    &missing_part::RULE,
    &malformed_window::RULE,
    &malformed_cidr::RULE,
    &type_missing_in_region::RULE,
    &unknown_instance_type::RULE,
    &unknown_property::RULE,
    &unknown_resource_type::RULE,
    &wrong_type::RULE,
    &dangling_map_key::RULE,
    &unused_definition::RULE,
    &unknown_action::RULE,
    &unknown_condition_key::RULE,
    &mismatched_operator::RULE,
    &colliding_name::RULE,
    &colliding_route_table::RULE,
    &mismatched_fifo::RULE,
    &refused_timeout::RULE,
    &closed_path::RULE,
    &unreadable_secret::RULE,
    &unknown_dimension::RULE,
    &mismatched_resources::RULE,
    &unknown_origin::RULE,
    &circular_condition::RULE,
    &unsubstituted_variable::RULE,
    &foreign_domain::RULE,
    &absent_resource::RULE,
    &arn_as_dimension::RULE,
    &circular_dependency::RULE,
    &colliding_export::RULE,
    &container_port_mismatch::RULE,
    &dangling_depends_on::RULE,
    &dangling_import::RULE,
    &dangling_reference::RULE,
    &desired_count_with_scaling::RULE,
    &encrypted_access_logs::RULE,
    &malformed_resource_id::RULE,
    &metric_of_another_namespace::RULE,
    &missing_bucket_policy_dependency::RULE,
    &missing_container_insights::RULE,
    &missing_listener_dependency::RULE,
    &private_dns_without_hostnames::RULE,
    &redundant_depends_on::RULE,
    &silent_topic::RULE,
    &subnet_outside_network::RULE,
    &settled_condition::RULE,
    &undefined_condition::RULE,
    &unknown_attribute::RULE,
    &unused_parameter::RULE,
    &waf_log_name::RULE,
    &wrong_reference::RULE,
    &confused_deputy::RULE,
    &deletable_data::RULE,
    &deployment_without_rollback::RULE,
    &downtime_deployment::RULE,
    &endless_logs::RULE,
    &endpoint_without_private_dns::RULE,
    &fixed_target_group_name::RULE,
    &idle_allowance::RULE,
    &image_expiry_by_age::RULE,
    &kept_invalid_headers::RULE,
    &loose_oidc_trust::RULE,
    &missing_flow_logs::RULE,
    &missing_grace_period::RULE,
    &mutable_image_tags::RULE,
    &open_port::RULE,
    &pass_role_wildcard::RULE,
    &plain_http::RULE,
    &root_user::RULE,
    &unjudged_macro::RULE,
    &unpinned_image::RULE,
    &weak_tls_policy::RULE,
    &wildcard_permission::RULE,
    &writable_root::RULE,
];

/// What a file that cannot be read breaks; no rule can look at it, and nothing allows it.
pub const UNREADABLE: Rule = Rule {
    name: "unreadable-template",
    why: "What cannot be read cannot be deployed, and nothing else can be said about it.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html",
    level: Level::Error,
    family: Family::Schema,
    check: |_, _| {},
};

/// Runs every rule over a set of templates that are deployed together.
///
/// Findings come in the order of the files and their lines. A resource silences a rule with a
/// reason: `Metadata: {"synth": {"allow": {"<rule>": "<reason>"}}}`.
#[must_use]
pub fn run(documents: &[Document]) -> Vec<Finding> {
    look(documents, &Options::default(), true)
}

/// Runs the rules that the options leave over templates of which some may refer to others, but which nobody says are
/// deployed together: what one exports, another may import, and two may be the same stack for two environments.
///
/// What is wrong across all files of a call is told by [`links`].
#[must_use]
pub fn judge(documents: &[Document], options: &Options) -> Vec<Finding> {
    look(documents, options, false)
}

fn look(documents: &[Document], options: &Options, together: bool) -> Vec<Finding> {
    let set = Set::new(documents, &options.regions, together);
    let mut report = Report::new(documents);
    for rule in RULES.iter().filter(|rule| options.wants(rule.name)) {
        report.run(rule, &set);
    }
    let mut findings = report.finish();
    trust(documents, &mut findings);
    allow::silence(documents, &mut findings);
    options.raise(&mut findings);
    findings
}

/// A macro of somebody's own may change anything, so what looks wrong before it has run is no error.
fn trust(documents: &[Document], findings: &mut [Finding]) {
    let own = |document: &&Document| {
        transform::names(document)
            .iter()
            .any(|(_, name)| transform::is_own(name))
    };
    let rewritten: BTreeSet<&str> = documents
        .iter()
        .filter(own)
        .map(|document| document.file.as_str())
        .collect();
    for finding in findings {
        if finding.level == Level::Error && rewritten.contains(finding.file.as_str()) {
            finding.level = Level::Warning;
        }
    }
}

/// The rule of a name.
#[must_use]
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .chain([&&UNREADABLE])
        .find(|rule| rule.name == name)
        .copied()
}
