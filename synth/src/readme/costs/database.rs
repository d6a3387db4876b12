//! What a database costs: its machines and their disks.

use serde_json::Value as Json;

use super::{Cost, each, number};
use crate::readme::price::{self, Dollars};
use crate::readme::words::{list, plain};
use crate::render::Site;

pub(super) fn all<'a>(site: &'a Site<'_>) -> impl Iterator<Item = &'a Json> {
    site.of_type("AWS::RDS::DBInstance")
        .map(|database| &database["Properties"])
}

/// How many machines a database has.
fn number_of(database: &Json) -> u64 {
    if database["MultiAZ"].as_bool() == Some(true) {
        2
    } else {
        1
    }
}

pub(super) fn machines(site: &Site<'_>) -> Cost {
    let mut sum = Dollars::default();
    let mut classes = Vec::new();
    for database in all(site) {
        let class = plain(&database["DBInstanceClass"]);
        let Some(price) = price::database(&class) else {
            return Cost::Unknown(class);
        };
        sum = sum + price.times(number_of(database));
        classes.push(format!("{} {class}", number_of(database)));
    }
    if classes.is_empty() {
        return Cost::Nothing;
    }
    Cost::Known(sum, list(&classes))
}

pub(super) fn disk(site: &Site<'_>) -> Cost {
    let sizes = all(site).map(|database| number(&database["AllocatedStorage"]).map(|size| size * number_of(database)));
    match sizes.sum::<Option<u64>>() {
        Some(gib) => each(price::DISK, gib),
        None => Cost::Unknown("their size".to_owned()),
    }
}
