//! Blocks of addresses, such as `10.0.0.0/16` and `2001:db8::/32`.

use std::net::IpAddr;

/// A block of addresses of IPv4 or of IPv6.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Block {
    /// How many bits an address has: 32 or 128.
    width: u32,
    first: u128,
    /// How many bits of an address tell that it is of the block.
    bits: u32,
}

impl Block {
    /// The block of an address and the length of its mask; what the mask takes from the address does not count.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (address, bits) = text.split_once('/')?;
        let (width, address) = match address.parse().ok()? {
            IpAddr::V4(address) => (32, u128::from(address.to_bits())),
            IpAddr::V6(address) => (128, address.to_bits()),
        };
        let bits = bits.parse().ok().filter(|bits| *bits <= width)?;
        let block = Self { width, first: 0, bits };
        let first = block.cut(address);
        Some(Self { first, ..block })
    }

    /// The address without what comes after the mask.
    fn cut(self, address: u128) -> u128 {
        let rest = self.width - self.bits;
        address
            .checked_shr(rest)
            .and_then(|kept| kept.checked_shl(rest))
            .unwrap_or(0)
    }

    /// Whether its addresses are of IPv6.
    pub(crate) fn is_ipv6(self) -> bool {
        self.width == 128
    }

    /// Whether all of another is part of it.
    pub(crate) fn holds(self, other: Self) -> bool {
        self.width == other.width && self.bits <= other.bits && self.cut(other.first) == self.first
    }

    /// Whether the two share addresses.
    pub(crate) fn meets(self, other: Self) -> bool {
        self.holds(other) || other.holds(self)
    }
}
