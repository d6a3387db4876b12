//! Signals as Prometheus' metrics, and what is made of them.
//!
//! The service tells of its requests, cAdvisor of what containers use, kube-state-metrics of what is asked for and what is
//! there. What comes through the load balancer and reaches no pod, none of them sees: that is `CloudWatch`'s to tell.

pub(crate) mod alertmanager;
mod objective;
mod query;
pub(crate) mod rules;

pub(crate) use query::{Names, REQUESTS, legend, query};
