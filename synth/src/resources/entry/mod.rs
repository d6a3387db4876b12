//! The way in: the load balancer, what may reach it, its listeners, and the firewall before it.

pub(super) mod access_logs;
pub(super) mod balancer;
pub(super) mod firewall;
pub(super) mod groups;
pub(super) mod listeners;
pub(crate) mod target;
mod way;

pub(crate) use access_logs::PREFIX;
pub(crate) use balancer::{URL, attributes};
pub(crate) use listeners::{CERTIFICATE_ARN, TLS_POLICY};
pub(super) use way::Way;
