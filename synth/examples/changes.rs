//! The systems of this repository and of `own_system`, as they are and after three ordinary changes, one upon the other.
//!
//! ```text
//! cargo run -p synth --example changes -- FOLDER
//! ```
//!
//! It renders `FOLDER/0-as-it-is/`, `FOLDER/1-another-port/` and so on, each a repository of its own with what
//! `synth list --format json` tells in `stacks.json`. A deployment of one over the one before shows that the change
//! arrives.

use std::error::Error;
use std::path::Path;

use synth::model::{Capacity, NodeGroup, Platform, Size, System, Systems, Zones};
use synth::systems::{cars_api, healthcare_api, predict_api, predictor};

#[expect(dead_code, reason = "it is a program, too")]
mod own_system;

type Change = fn(&mut System);

/// In the order in which they are made.
const CHANGES: [(&str, Change); 3] = [
    ("another-port", another_port),
    ("larger-tasks", larger_tasks),
    ("other-zones", other_zones),
];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: changes FOLDER")?;
    let folder = Path::new(&folder);
    let mut systems = vec![
        predict_api(),
        cars_api(),
        predictor(),
        healthcare_api(),
        own_system::quotes(),
    ];
    render(&folder.join("0-as-it-is"), &systems)?;
    for (number, (name, change)) in (1..).zip(CHANGES) {
        systems.iter_mut().for_each(change);
        render(&folder.join(format!("{number}-{name}")), &systems)?;
    }
    Ok(())
}

fn render(folder: &Path, systems: &[System]) -> Result<(), Box<dyn Error>> {
    let systems = Systems::new(systems.to_vec())?;
    let mut stacks = Vec::new();
    for system in systems.each() {
        let rendered = synth::render(system)?;
        for (path, text) in &rendered.files {
            own_system::write(&folder.join(path), text)?;
        }
        stacks.extend(rendered.stacks);
    }
    own_system::write(&folder.join("stacks.json"), &serde_json::to_string_pretty(&stacks)?)?;
    Ok(())
}

fn another_port(system: &mut System) {
    system.service.port = synth::port!(9090);
}

/// And one more of them; where they scale, the least and the most. Machines of a group are more before that: no pod fits
/// otherwise.
fn larger_tasks(system: &mut System) {
    if let Some(group) = system.node_group()
        && let Platform::Kubernetes(kubernetes) = &mut system.platform
    {
        *kubernetes = kubernetes
            .clone()
            .on(NodeGroup::of(group.machine, synth::machines!(12, 24, 36)), []);
    }
    for environment in &mut system.environments {
        environment.scale.size = Size::of::<2048, 4096>();
        match &mut environment.scale.capacity {
            Capacity::Fixed(tasks) => *tasks += 1,
            Capacity::Scaling { min, max, .. } => {
                *min += 1;
                *max += 1;
            }
        }
    }
}

/// One more where there are two, and one fewer where there are three.
fn other_zones(system: &mut System) {
    for environment in &mut system.environments {
        environment.network_mut().zones = match environment.network().zones {
            Zones::Two => Zones::Three,
            Zones::Three => Zones::Two,
        };
    }
}
