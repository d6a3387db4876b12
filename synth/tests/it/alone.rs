//! A system without others beside it.

use synth::Rendered;
use synth::model::{System, Systems};

/// Everything that a system is rendered to.
pub(crate) fn render(system: &System) -> Rendered {
    let systems = Systems::new(vec![system.clone()]).unwrap();
    synth::render(systems.each().next().unwrap()).unwrap()
}

/// What is wrong with a system, a line each; nothing is `fine`.
pub(crate) fn verdict(system: System) -> String {
    let Err(errors) = Systems::new(vec![system]) else {
        return "fine".to_owned();
    };
    let lines: Vec<_> = errors.iter().map(ToString::to_string).collect();
    lines.join("\n")
}
