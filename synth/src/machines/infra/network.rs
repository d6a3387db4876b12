//! The network that machines stand in.

use super::{label, named};
use crate::google::{compute, data};
use crate::model::{Ground, Machines, System};
use crate::tofu::{Error, Lifecycle, Module, SelfLink, Settings, Value};

/// What other things name of it.
pub(super) struct Parts {
    pub(super) network: Value<SelfLink<compute::Network>>,
    pub(super) subnet: Value<SelfLink<compute::Subnetwork>>,
}

pub(super) fn expand(system: &System, machines: &Machines, module: &mut Module) -> Result<Parts, Error> {
    match &machines.ground {
        Ground::Made { addresses } => made(system, addresses.as_str(), module),
        Ground::Existing { network, subnet, .. } => {
            let network = data::Network {
                name: Some(network.as_str().into()),
                ..Default::default()
            };
            let network = module.add(label("main")?, &network)?;
            let subnet = data::Subnetwork {
                name: Some(subnet.as_str().into()),
                ..Default::default()
            };
            let subnet = module.add(label("main")?, &subnet)?;
            Ok(Parts {
                network: network.self_link(),
                subnet: subnet.self_link(),
            })
        }
    }
}

fn made(system: &System, addresses: &str, module: &mut Module) -> Result<Parts, Error> {
    let kept = |comment: &str| Settings {
        comment: Some(comment.to_owned()),
        lifecycle: Lifecycle {
            prevent_destroy: true,
            ignore_changes: Vec::new(),
        },
        ..Settings::default()
    };
    let network = compute::Network {
        auto_create_subnetworks: Some(false.into()),
        description: Some(format!("The machines of {}, and nothing else", system.name).into()),
        routing_mode: Some(compute::NetworkRoutingMode::Regional.into()),
        ..compute::Network::new(named(system, "network"))
    };
    let comment = "Everything stands in it: a plan that deletes it is refused.";
    let network = module.add_with(label("main")?, &network, &kept(comment))?;
    let flows = compute::SubnetworkLogConfig {
        aggregation_interval: Some(compute::SubnetworkLogConfigAggregationInterval::Interval10Min.into()),
        flow_sampling: Some(0.1.into()),
        metadata: Some(compute::SubnetworkLogConfigMetadata::IncludeAllMetadata.into()),
        ..Default::default()
    };
    let subnet = compute::Subnetwork {
        ip_cidr_range: Some(addresses.into()),
        log_config: Some(flows),
        private_ip_google_access: Some(true.into()),
        ..compute::Subnetwork::new(named(system, "machines"), network.self_link())
    };
    let comment = "Machines keep their addresses in it.";
    let subnet = module.add_with(label("main")?, &subnet, &kept(comment))?;
    Ok(Parts {
        network: network.self_link(),
        subnet: subnet.self_link(),
    })
}
