//! Google Cloud, as somebody has it.

use std::net::Ipv4Addr;

use super::address::parts;
use super::check::Here;
use super::{Block, CloudProject, CloudZone, HostName};

/// Google Cloud, as somebody has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cloud {
    /// The project.
    pub project: CloudProject,
    /// The zone that machines stand in.
    pub zone: CloudZone,
    /// From where people reach the machines, what is measured, and what is for nobody else.
    pub operators: Vec<Block>,
    /// Where OpenTofu keeps what it knows of the machines.
    pub state: State,
}

/// Where OpenTofu keeps what it knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// In a bucket of Google Cloud that a person makes before, with the command that the page tells.
    Bucket(HostName),
    /// In a file beside the module, on the computer of whoever runs it: nobody else can go on with it.
    Local,
}

impl Cloud {
    pub(super) fn check(&self, here: &mut Here<'_>) {
        here.text("Cloud.project", &self.project);
        here.text("Cloud.zone", &self.zone);
        if self.operators.is_empty() {
            let help = "name the addresses that people come from, such as `Block::new(\"203.0.113.0/24\")`";
            here.refuse("Cloud.operators", "nobody", "could repair the machines", help);
        }
        for block in &self.operators {
            here.text("Cloud.operators", block);
        }
        if let State::Bucket(name) = &self.state {
            here.text("State.Bucket", name);
        }
    }
}

impl CloudZone {
    /// The region that it is a part of.
    #[must_use]
    pub fn region(&self) -> &str {
        self.as_str().rsplit_once('-').map_or("", |(region, _)| region)
    }
}

impl Block {
    /// Whether a machine can have an address of it: Google Cloud keeps the first two and the last two of a subnet
    /// (<https://cloud.google.com/vpc/docs/subnets#unusable-ip-addresses-in-every-subnet>).
    #[must_use]
    pub fn gives(&self, address: Ipv4Addr) -> bool {
        let Some((first, bits)) = parts(self.as_str()) else {
            return false;
        };
        let size = 1_u64 << (32 - bits);
        let offset = u64::from(address.to_bits()).checked_sub(u64::from(first));
        offset.is_some_and(|offset| (2..size.saturating_sub(2)).contains(&offset))
    }

    /// Whether an address is in both.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let (Some((one, bits)), Some((two, more))) = (parts(self.as_str()), parts(other.as_str())) else {
            return false;
        };
        let outside = 32 - bits.min(more);
        u64::from(one) >> outside == u64::from(two) >> outside
    }
}
