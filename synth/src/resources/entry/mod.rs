//! The way in: the load balancer, what may reach it, its listeners, and the firewall before it.

pub(super) mod access_logs;
pub(super) mod balancer;
pub(super) mod firewall;
pub(super) mod groups;
pub(super) mod listeners;
mod way;

pub(crate) use access_logs::PREFIX;
pub(crate) use balancer::URL;
pub(crate) use listeners::CERTIFICATE_ARN;
pub(super) use way::Way;
