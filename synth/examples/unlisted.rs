//! The systems that are not rendered into `out/` yet, so that the independent checkers judge what stands of them.
//!
//! ```text
//! cargo run -p synth --example unlisted -- FOLDER
//! ```

use std::error::Error;
use std::path::Path;

use synth::model::Systems;
use synth::systems::healthcare_api;

#[expect(dead_code, reason = "it is a program, too")]
mod own_system;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: unlisted FOLDER")?;
    let systems = Systems::new(vec![healthcare_api()])?;
    for system in systems.each() {
        for (path, text) in &synth::render(system)?.files {
            own_system::write(&Path::new(&folder).join(path), text)?;
        }
    }
    Ok(())
}
