//! From the model to resources: one file for each thing of the model.

mod alarms;
mod codedeploy;
mod dashboard;
mod deployment_alarms;
mod endpoints;
mod entry;
mod firewall;
mod grafana;
mod key;
mod metrics;
mod network;
mod observability;
mod place;
mod registry;
mod rollout;
mod scaling;
mod service;
mod task;

use crate::model::{Environment, System};
use crate::template::{self, Template};
use metrics::Names;
use place::Place;

pub fn expand(system: &System, environment: &Environment) -> Result<Vec<Template>, template::Error> {
    let place = Place { system, environment };
    let mut network = place.template("network", "the network, the load balancer, and the key for logs and notifications")?;
    let key = key::expand(place, &mut network)?;
    let parts = network::expand(place, &mut network, &key)?;
    let way = entry::expand(place, &mut network, &parts)?;
    firewall::expand(place, &mut network, &way, &key)?;
    let mut service = place.template("service", "the cluster, the service, and what takes a deployment back")?;
    let running = service::expand(place, &mut service, &parts, &way, &key)?;
    let mut observability = place.template("observability", "alarms, who hears of them, and the dashboard")?;
    observability::expand(place, &mut observability, &Names::new(&way, &running), &key)?;
    Ok(vec![network, service, observability])
}
