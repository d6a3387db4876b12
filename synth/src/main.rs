//! Renders the systems of this repository.

use std::process::ExitCode;

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match synth::systems::all() {
        Ok(systems) => synth::cli::main(&systems),
        Err(errors) => synth::cli::refuse(&errors),
    }
}
