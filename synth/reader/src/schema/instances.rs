//! The names of instance types: which AWS had in any region on the day of the facts.

use super::store::{self, WHOLE};

/// The instance types of a service such as `ec2` or `rds`, sorted by name; none if the service has no list.
///
/// # Panics
///
/// Never: the store is part of the binary, and a test decodes it.
#[must_use]
pub fn of(service: &str) -> Vec<&'static str> {
    let store = store::instances();
    let record = store.position(service).map(|position| &store.records[position]);
    let text = record.map(|record| store.text(record).expect(WHOLE));
    text.map_or_else(Vec::new, |text| serde_json::from_str(text).expect(WHOLE))
}
