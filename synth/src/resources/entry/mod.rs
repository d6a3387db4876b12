//! The way in: the load balancer, what may reach it, its listeners, and the firewall before it.

pub(super) mod access_logs;
pub(super) mod balancer;
pub(super) mod firewall;
pub(super) mod groups;
pub(super) mod listeners;
mod way;

pub(super) use way::Way;
