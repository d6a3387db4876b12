//! The model: what it refuses, each with a named error that points to the field, and what it takes.

mod environment;
mod exceptions;
mod machines;
mod neighbours;
mod owner;
mod settings;
mod system;
mod systems;

use synth::model::{Environment, System};
use synth::systems::predict_api;

/// The first system with something changed.
fn system(change: impl FnOnce(&mut System)) -> System {
    let mut system = predict_api();
    change(&mut system);
    system
}

/// What is wrong with the first system once something is changed; nothing is `fine`.
pub(crate) fn verdict(change: impl FnOnce(&mut System)) -> String {
    crate::alone::verdict(system(change))
}

/// The same for its last environment, which is `prod`.
fn verdict_of_prod(change: impl FnOnce(&mut Environment)) -> String {
    verdict(|system| change(system.environments.last_mut().unwrap()))
}
