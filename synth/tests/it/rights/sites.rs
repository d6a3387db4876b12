//! The environments that are held apart: those of the reference systems and of the example, in one account.

use std::sync::LazyLock;

use serde_json::Value as Json;
use synth::Rendered;
use synth::model::{Checked, Systems};
use synth::schema;

use crate::own_system;

use super::resolve::{ACCOUNT, Moment, REGION};
use super::world::{Site, World};

/// What the environments make at first, before anything was released.
pub(super) static FIRST: LazyLock<Vec<World>> = LazyLock::new(|| worlds(Moment::First));

/// What the environments make, once an image was released.
pub(super) static LATER: LazyLock<Vec<World>> = LazyLock::new(|| worlds(Moment::Later));

fn worlds(moment: Moment) -> Vec<World> {
    SITES.iter().map(|site| World::new(site, moment)).collect()
}

/// All environments as files.
static SITES: LazyLock<Vec<Site>> = LazyLock::new(sites);

fn sites() -> Vec<Site> {
    let references = synth::systems::all().unwrap();
    let example = Systems::new(vec![own_system::quotes()]).unwrap();
    references.each().chain(example.each()).flat_map(of).collect()
}

fn of(system: Checked<'_>) -> Vec<Site> {
    let rendered = synth::render(system).unwrap();
    let mut sites: Vec<Site> = Vec::new();
    for entry in &rendered.stacks {
        if sites.last().is_none_or(|site| site.environment != entry.environment) {
            sites.push(Site {
                system: entry.system.clone(),
                environment: entry.environment.clone(),
                templates: Vec::new(),
                parameters: json(&rendered, &entry.parameters),
            });
        }
        let template = json(&rendered, &entry.template);
        sites
            .last_mut()
            .unwrap()
            .templates
            .push((entry.stack_name.clone(), template));
    }
    sites
}

/// A rendered file, moved into the one account and region.
fn json(rendered: &Rendered, path: &str) -> Json {
    let mut text = rendered.files[path].clone();
    for region in schema::regions() {
        text = text.replace(region, REGION);
    }
    let accounts: Vec<String> = text
        .split(':')
        .filter(|part| is_account(part))
        .map(str::to_owned)
        .collect();
    for account in accounts {
        text = text.replace(&account, ACCOUNT);
    }
    serde_json::from_str(&text).unwrap()
}

fn is_account(part: &str) -> bool {
    part.len() == 12 && part.bytes().all(|byte| byte.is_ascii_digit())
}
