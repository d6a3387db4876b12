//! The systems of this repository that run on a cluster, with pods that come by their rights on AWS by what the cluster signs
//! (IRSA) in place of Pod Identity: a value that none of them has, and that a gate can judge so.
//!
//! ```text
//! cargo run -p synth --example signed -- FOLDER
//! ```

use std::error::Error;
use std::path::Path;

use synth::model::{Identity, Platform, System, Systems};
use synth::systems::{healthcare_api, predictor};

#[expect(dead_code, reason = "it is a program, too")]
mod own_system;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: signed FOLDER")?;
    let systems = Systems::new([predictor(), healthcare_api()].map(signed).into())?;
    for system in systems.each() {
        for (path, text) in &synth::render(system)?.files {
            own_system::write(&Path::new(&folder).join(path), text)?;
        }
    }
    Ok(())
}

fn signed(system: System) -> System {
    let platform = match system.platform {
        Platform::Kubernetes(kubernetes) => Platform::Kubernetes(kubernetes.identified(Identity::Signed)),
        other => other,
    };
    System { platform, ..system }
}
