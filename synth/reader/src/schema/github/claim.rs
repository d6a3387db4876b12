//! What a token of GitHub's says of the job that asks for it, as far as IAM has keys for it.

/// Who says it: the prefix of the keys.
pub const ISSUER: &str = "token.actions.githubusercontent.com";

/// The claims that can be the keys of conditions (GitHub, "`OpenID` Connect reference", "OIDC token claims"): all but those
/// that say who made the token and how long it holds, which IAM checks itself.
pub const CLAIMS: [&str; 30] = [
    "actor",
    "actor_id",
    "aud",
    "base_ref",
    "check_run_id",
    "enterprise",
    "enterprise_id",
    "environment",
    "environment_node_id",
    "event_name",
    "head_ref",
    "job_workflow_ref",
    "job_workflow_sha",
    "ref",
    "ref_protected",
    "ref_type",
    "repository",
    "repository_id",
    "repository_owner",
    "repository_owner_id",
    "repository_visibility",
    "run_attempt",
    "run_id",
    "run_number",
    "runner_environment",
    "sha",
    "sub",
    "workflow",
    "workflow_ref",
    "workflow_sha",
];

/// Those that say whose the repository is.
pub const OF_REPOSITORY: [&str; 7] = [
    "job_workflow_ref",
    "repository",
    "repository_id",
    "repository_owner",
    "repository_owner_id",
    "sub",
    "workflow_ref",
];
