//! Blocks of IPv4 addresses.

use std::net::Ipv4Addr;

/// A block of IPv4 addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::checks::across) struct Block {
    first: u32,
    bits: u32,
}

impl Block {
    /// Such as `10.0.0.0/16`.
    pub(in crate::checks::across) fn parse(text: &str) -> Option<Self> {
        let (address, bits) = text.split_once('/')?;
        let bits: u32 = bits.parse().ok().filter(|bits| *bits <= 32)?;
        let address: Ipv4Addr = address.parse().ok()?;
        let block = Self { first: 0, bits };
        let first = u32::from(address) & block.mask();
        Some(Self { first, bits })
    }

    fn mask(self) -> u32 {
        u32::MAX.checked_shl(32 - self.bits).unwrap_or(0)
    }

    /// Whether all of another is part of it.
    pub(in crate::checks::across) fn holds(self, other: Self) -> bool {
        other.bits >= self.bits && other.first & self.mask() == self.first
    }

    /// Whether the two share addresses.
    pub(in crate::checks::across) fn meets(self, other: Self) -> bool {
        self.holds(other) || other.holds(self)
    }
}
