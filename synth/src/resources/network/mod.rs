//! The network: what it is made of, and who reaches whom in it.

pub(super) mod doors;
mod endpoints;
mod flow_logs;
mod parts;
pub(super) mod rules;
pub(super) mod vpc;

pub(super) use parts::{Parts, ids};
