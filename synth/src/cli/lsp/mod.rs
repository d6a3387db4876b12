//! `synth lsp`: what editors ask over the Language Server Protocol, on standard input and output.

mod answer;
mod at;
mod brackets;
mod complete;
mod context;
mod files;
mod hover;
mod indents;
mod judge;
mod names;
mod place;
mod serve;

use std::io;

use super::{Error, Outcome};
use crate::checks::Options;
pub(super) use serve::serve;

/// Answers an editor until it says that it goes.
pub(super) fn run(options: Options) -> Result<Outcome, Error> {
    let reader = io::BufReader::new(io::stdin());
    Ok(match serve(options, reader, &mut io::stdout().lock())? {
        serve::End::Shutdown => Outcome::Fine,
        serve::End::Lost => Outcome::Objections,
    })
}
