//! Rules over templates, by family, and what they share.

mod argument;
mod asked;
mod call;
mod contents;
mod cron;
mod form;
pub(super) mod graph;
mod known_arn;
mod order;
mod policy;
mod policy_condition;
mod policy_document;
mod policy_statement;
pub(super) mod practice;
mod principal;
mod reach;
pub(super) mod schema;
mod update_policy;
mod value;
