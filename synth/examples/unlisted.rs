//! The systems that are rendered but not committed yet.
//!
//! ```text
//! cargo run -p synth --example unlisted -- FOLDER
//! ```

use std::error::Error;
use std::path::Path;

use synth::model::Systems;
use synth::systems::fastapi_devops;

#[expect(dead_code, reason = "it is a program, too")]
mod own_system;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: unlisted FOLDER")?;
    for system in Systems::new(vec![fastapi_devops()])?.each() {
        let rendered = synth::render(system)?;
        if let Some(finding) = rendered.findings.first() {
            return Err(format!("{finding:?}").into());
        }
        for (path, text) in &rendered.files {
            own_system::write(&Path::new(&folder).join(path), text)?;
        }
    }
    Ok(())
}
