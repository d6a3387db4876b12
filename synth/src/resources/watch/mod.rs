//! Who is told of what: alarms, events, the topic that people hear of, and the dashboard.

pub(super) mod alarms;
mod calls;
mod events;
pub(super) mod minimum;
pub(super) mod observability;
mod told;
pub(super) mod topic;

pub(crate) use topic::NOTIFICATION_EMAIL;
