//! `synth completions`: what a shell completes.

use clap::CommandFactory;
use clap_complete::Shell;

use super::args::Args;
use super::output::Output;
use super::{Error, Outcome};
use crate::model::Systems;

pub(super) fn run(shell: Shell, systems: &Systems, output: &mut Output<'_>) -> Result<Outcome, Error> {
    // The generator panics when it cannot write, which memory never refuses.
    let mut script = Vec::new();
    let first = systems.each().next();
    let program = first
        .as_ref()
        .map_or("synth", |first| first.system().pipeline.renderer.program());
    clap_complete::generate(shell, &mut Args::command(), program, &mut script);
    output.out.write_all(&script)?;
    Ok(Outcome::Fine)
}
