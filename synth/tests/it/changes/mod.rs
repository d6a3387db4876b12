//! Ordinary changes of a model can be deployed: no export changes or goes while a deployed stack imports it.

mod cloud;
mod deploying;
mod ordinary;

use synth::model::{Name, System};
use synth::systems::{cars_api, predict_api};

use crate::own_system::quotes;
use deploying::{Change, Side};
use ordinary::CHANGES;

/// What is wrong with a change, if anything is.
fn fault(change: &Change<'_>) -> Option<String> {
    let review = &change.review;
    if let Err(fault) = change.by_pipeline() {
        return Some(format!("the pipeline: {fault}"));
    }
    match (change.in_plain_order(), review.order.is_empty()) {
        (Ok(_), true) => None,
        (Ok(_), false) => Some(format!(
            "the review tells an order that nothing asks for: {:?}",
            review.order
        )),
        (Err(fault), true) => Some(format!("{fault}, and the review does not tell how to get there")),
        (Err(_), false) => change
            .by_steps()
            .err()
            .map(|fault| format!("the review: {fault}: {:?}", review.order)),
    }
}

/// Makes each ordinary change of each environment of a system, there and back; what cannot be deployed.
fn faults(system: &System) -> Vec<String> {
    let mut faults = Vec::new();
    for environment in &system.environments {
        let mut system = System {
            environments: vec![environment.clone()],
            ..system.clone()
        };
        let here = |name: &Option<Name>| name.as_ref().is_none_or(|name| *name == environment.name);
        system.overrides.retain(|(name, ..)| here(name));
        let before = Side::of(&system).unwrap();
        for (name, change) in CHANGES {
            let mut changed = system.clone();
            change(&mut changed);
            // Some are none here, or what the model refuses there.
            let Some(after) = Some(&changed).filter(|changed| **changed != system).and_then(Side::of) else {
                continue;
            };
            for (way, from, to) in [("there", &before, &after), ("back", &after, &before)] {
                let fault = fault(&Change::new(from, to));
                faults
                    .extend(fault.map(|fault| format!("{} {} {name}, {way}: {fault}", system.name, environment.name)));
            }
        }
    }
    faults
}

#[test]
fn every_ordinary_change_of_s0_can_be_deployed() {
    assert_eq!(faults(&predict_api()), Vec::<String>::new());
}

#[test]
fn every_ordinary_change_of_s2_can_be_deployed() {
    assert_eq!(faults(&cars_api()), Vec::<String>::new());
}

#[test]
fn every_ordinary_change_of_the_example_can_be_deployed() {
    assert_eq!(faults(&quotes()), Vec::<String>::new());
}

#[test]
fn the_pipeline_keeps_an_export_as_long_as_a_stack_that_is_gone_imports_it() {
    let (system, mut without) = (cars_api(), cars_api());
    ordinary::database(&mut without);
    let (before, after) = (Side::of(&system).unwrap(), Side::of(&without).unwrap());
    let (_, kept) = Change::new(&before, &after).by_pipeline().unwrap();
    let names = ["dev", "prod"].map(|environment| format!("cars-api-{environment}-network-DatabaseSecurityGroup"));
    assert_eq!(kept, names.into());
}
