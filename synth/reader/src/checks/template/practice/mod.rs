//! What will hurt.

mod confused_deputy;
mod deletable_data;
mod deployment_without_rollback;
mod downtime_deployment;
mod endless_logs;
mod endpoint_without_private_dns;
mod fixed_target_group_name;
mod idle_allowance;
mod image_expiry_by_age;
mod kept_invalid_headers;
mod loose_oidc_trust;
mod missing_flow_logs;
mod missing_grace_period;
mod mutable_image_tags;
mod open_port;
mod pass_role_wildcard;
mod plain_http;
mod public_database;
mod root_user;
mod unjudged_macro;
mod unpinned_image;
mod weak_tls_policy;
mod wildcard_permission;
mod writable_root;

use crate::checks::Rule;

/// Every rule of the family, by name.
pub(in crate::checks) const RULES: &[&Rule] = &[
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
    &public_database::RULE,
    &root_user::RULE,
    &unjudged_macro::RULE,
    &unpinned_image::RULE,
    &weak_tls_policy::RULE,
    &wildcard_permission::RULE,
    &writable_root::RULE,
];
