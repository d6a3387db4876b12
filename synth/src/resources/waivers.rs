//! The checks that do not apply here: those that the user waives, and those that follow from the choices of an
//! environment, which stand with the resources that they are about.

use super::eks;
use super::entry::{access_logs, groups, listeners};
use super::place::Place;
use super::stores::database;
use crate::model::{Stack, Waiver};

/// The waivers for one stack.
pub(crate) fn of(place: Place<'_>, stack: Stack) -> Vec<Waiver> {
    let standing = [
        vec![access_logs::waiver()],
        groups::waivers(place),
        listeners::waivers(place),
        database::waivers(place),
        eks::waivers(place),
    ];
    let given = place.system.waivers.iter().cloned();
    let all = given.chain(standing.into_iter().flatten());
    all.filter(|waiver| waiver.stack == stack).collect()
}
