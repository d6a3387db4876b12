//! Networks.

/// A block of private IPv4 addresses with 16 bits of network: what a VPC and its subnets are cut from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cidr {
    second: u8,
}

impl Cidr {
    /// `10.n.0.0/16`. Networks that are ever to be peered need different numbers.
    #[must_use]
    pub const fn ten(second: u8) -> Self {
        Self { second }
    }

    /// The block of the VPC.
    #[must_use]
    pub fn vpc(self) -> String {
        format!("10.{}.0.0/16", self.second)
    }

    /// The block of a public subnet: 256 addresses, of which AWS keeps 5.
    #[must_use]
    pub fn public(self, zone: u8) -> String {
        format!("10.{}.{zone}.0/24", self.second)
    }

    /// The block of a private subnet: 4,096 addresses, since every task has its own.
    #[must_use]
    pub fn private(self, zone: u8) -> String {
        format!("10.{}.{}.0/20", self.second, 16 * (u16::from(zone) + 1))
    }
}

/// Over how many availability zones a network spans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zones {
    /// Two: what a load balancer needs.
    Two,
    /// Three: losing one leaves two thirds.
    Three,
}

impl Zones {
    /// How many they are.
    #[must_use]
    pub fn count(self) -> u32 {
        self.each().map(|_| 1).sum()
    }

    /// The zones, counted from 0.
    pub fn each(self) -> impl Iterator<Item = u8> {
        0..match self {
            Self::Two => 2,
            Self::Three => 3,
        }
    }
}

/// How what runs in private subnets reaches AWS and the internet.
///
/// The README of a system prices it: a NAT gateway costs more than four interface endpoints in one zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Egress {
    /// A NAT gateway in each zone: a zone that fails takes only its own way out with it.
    NatPerZone,
    /// One NAT gateway for all zones: cheapest way out, and a single point of failure.
    OneNat,
    /// No way out: interface endpoints for the services of AWS that are used, and a gateway endpoint for S3.
    Endpoints,
}

/// A network: a VPC with a public and a private subnet in each zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// Its addresses.
    pub cidr: Cidr,
    /// Its availability zones.
    pub zones: Zones,
    /// The way out of its private subnets.
    pub egress: Egress,
}

impl Network {
    /// How many NAT gateways it has, each with an elastic IP address.
    #[must_use]
    pub fn nat_gateways(&self) -> u32 {
        match self.egress {
            Egress::NatPerZone => self.zones.count(),
            Egress::OneNat => 1,
            Egress::Endpoints => 0,
        }
    }
}
