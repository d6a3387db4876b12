//! The forms of addresses and of names that Google Cloud and Docker Hub take.

use std::net::Ipv4Addr;

/// Its first address and how many bits are the block's, if it is one.
pub(super) fn parts(text: &str) -> Option<(u32, u32)> {
    let (first, bits) = text.split_once('/')?;
    let (first, bits): (Ipv4Addr, u32) = (first.parse().ok()?, bits.parse().ok()?);
    (bits <= 32).then_some((first.to_bits(), bits))
}

pub(super) fn is_project(text: &str) -> bool {
    let letters = text
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    letters
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && !text.ends_with('-')
        && (6..=30).contains(&text.len())
}

/// `asia-south1-a`: a continent, a region with its number, a letter.
pub(super) fn is_zone(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [continent, region, zone] = parts.as_slice() else {
        return false;
    };
    let lower = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase());
    let name = region.trim_end_matches(|c: char| c.is_ascii_digit());
    lower(continent) && lower(name) && name.len() < region.len() && zone.len() == 1 && lower(zone)
}

/// The bits that are not the block's are none.
pub(super) fn is_block(text: &str) -> bool {
    parts(text).is_some_and(|(first, bits)| u64::from(first) % (1_u64 << (32 - bits)) == 0)
}

pub(super) fn is_hub_image(text: &str) -> bool {
    let word = |text: &str, least: usize, most: usize, more: &str| {
        let letters = text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || more.contains(c));
        let ends = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        letters && (least..=most).contains(&text.len()) && text.starts_with(ends) && text.ends_with(ends)
    };
    let parts = text.split_once('/');
    parts.is_some_and(|(whose, name)| word(whose, 4, 30, "") && word(name, 2, 255, "-_."))
}
