//! `synth completions`: what a shell completes.

use clap::CommandFactory;
use clap_complete::Shell;

use super::args::Args;
use super::output::Output;
use super::{Error, Outcome};

pub(super) fn run(shell: Shell, output: &mut Output<'_>) -> Result<Outcome, Error> {
    // The generator panics when it cannot write, which memory never refuses.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "synth", &mut script);
    output.out.write_all(&script)?;
    Ok(Outcome::Fine)
}
