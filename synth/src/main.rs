//! Renders the systems of this repository.

use std::process::ExitCode;

fn main() -> ExitCode {
    match synth::systems::all() {
        Ok(systems) => synth::cli::main(&systems),
        Err(errors) => synth::cli::refuse(&errors),
    }
}
