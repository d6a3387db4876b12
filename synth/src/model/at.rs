//! Where an environment stands, and how much runs there.

use super::{Account, Capacity, Environment, Firewall, Network, Size};

/// Where an environment stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// In a region of an account of AWS, in a network of its own.
    Aws {
        /// The account and the region.
        account: Account,
        /// Its network.
        network: Network,
        /// What stands before the load balancer.
        firewall: Firewall,
    },
}

/// How much of a workload runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// The size of a task.
    pub size: Size,
    /// How many tasks.
    pub capacity: Capacity,
}

impl Environment {
    /// The account and the region that it stands in.
    #[must_use]
    pub fn account(&self) -> &Account {
        let At::Aws { account, .. } = &self.at;
        account
    }

    /// Its network.
    #[must_use]
    pub fn network(&self) -> &Network {
        let At::Aws { network, .. } = &self.at;
        network
    }

    /// What stands before the load balancer.
    #[must_use]
    pub fn firewall(&self) -> Firewall {
        let At::Aws { firewall, .. } = self.at;
        firewall
    }

    /// The account, to change it.
    pub fn account_mut(&mut self) -> &mut Account {
        let At::Aws { account, .. } = &mut self.at;
        account
    }

    /// The network, to change it.
    pub fn network_mut(&mut self) -> &mut Network {
        let At::Aws { network, .. } = &mut self.at;
        network
    }

    /// What stands before the load balancer, to change it.
    pub fn firewall_mut(&mut self) -> &mut Firewall {
        let At::Aws { firewall, .. } = &mut self.at;
        firewall
    }
}
