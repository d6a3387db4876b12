//! The environments that are held apart: those of the reference systems and of the example, in one account.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value as Json;
use synth::Rendered;
use synth::model::Systems;
use synth::schema;

use crate::own_system;

use super::resolve::{ACCOUNT, REGION};
use super::stack::Moment;
use super::world::{Site, World};

/// What the environments make at first, before anything was released.
pub(super) static FIRST: LazyLock<Vec<World>> = LazyLock::new(|| worlds(Moment::First));

/// What the environments make, once an image was released.
pub(super) static LATER: LazyLock<Vec<World>> = LazyLock::new(|| worlds(Moment::Later));

fn worlds(moment: Moment) -> Vec<World> {
    SITES.iter().map(|site| World::new(site, moment)).collect()
}

/// All environments as files.
static SITES: LazyLock<Vec<Site>> = LazyLock::new(|| RENDERED.iter().flat_map(of).collect());

/// All systems.
static RENDERED: LazyLock<Vec<Rendered>> = LazyLock::new(|| {
    let references = synth::systems::all().unwrap();
    let example = Systems::new(vec![own_system::quotes()]).unwrap();
    // Machines have no rights of AWS.
    let all = references.each().chain(example.each());
    all.filter(|system| system.machines().is_none())
        .map(|system| synth::render(system).unwrap())
        .collect()
});

/// What the pages of all systems tell of actions that reach further.
pub(super) fn unbound() -> impl Iterator<Item = &'static str> {
    let files = RENDERED.iter().flat_map(|rendered| &rendered.files);
    files
        .filter(|(path, _)| path.ends_with("/PERMISSIONS.md"))
        .map(|(_, text)| {
            text.split_once("\n## What IAM cannot bind\n")
                .map_or("", |(_, told)| told)
        })
}

fn of(rendered: &Rendered) -> Vec<Site> {
    let mut sites: Vec<Site> = Vec::new();
    for entry in &rendered.stacks {
        if sites.last().is_none_or(|site| site.environment != entry.environment) {
            sites.push(Site {
                system: entry.system.clone(),
                environment: entry.environment.clone(),
                templates: Vec::new(),
                parameters: json(rendered, &entry.parameters),
            });
        }
        let template = json(rendered, &entry.template);
        let last = sites.last_mut().unwrap();
        last.templates.push((entry.stack_name.clone(), template));
    }
    sites
}

fn json(rendered: &Rendered, path: &str) -> Json {
    serde_json::from_str(&moved(&rendered.files[path])).unwrap()
}

/// A rendered text, moved into the one account and region.
fn moved(text: &str) -> String {
    let mut text = text.to_owned();
    for region in schema::regions() {
        text = text.replace(region, REGION);
    }
    let parts = text.split(|character: char| !character.is_ascii_alphanumeric());
    let accounts: Vec<String> = parts.filter(|part| is_account(part)).map(str::to_owned).collect();
    for account in accounts {
        text = text.replace(&account, ACCOUNT);
    }
    text
}

fn is_account(part: &str) -> bool {
    part.len() == 12 && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// The workflows of a system.
pub(super) struct Pipeline {
    pub(super) system: String,
    files: BTreeMap<String, Json>,
}

impl Pipeline {
    /// The workflows with their paths.
    pub(super) fn workflows(&self) -> impl Iterator<Item = (&str, &Json)> {
        let all = self
            .files
            .iter()
            .filter(|(path, _)| path.contains(".github/workflows/"));
        all.map(|(path, workflow)| (path.as_str(), workflow))
    }

    /// A file by its path from the root of the repository that it is for.
    pub(super) fn file(&self, path: &str) -> (&str, &Json) {
        let found = self.files.iter().find(|(known, _)| known.ends_with(path));
        let (path, file) = found.unwrap_or_else(|| panic!("{} has no {path}", self.system));
        (path, file)
    }
}

/// The workflows of all systems.
pub(super) static PIPELINES: LazyLock<Vec<Pipeline>> = LazyLock::new(|| RENDERED.iter().map(pipeline).collect());

fn pipeline(rendered: &Rendered) -> Pipeline {
    read(rendered, moved)
}

impl Pipeline {
    /// The workflows of a system as they are, each role in its own account.
    pub(super) fn of(rendered: &Rendered) -> Self {
        read(rendered, str::to_owned)
    }
}

fn read(rendered: &Rendered, change: impl Fn(&str) -> String) -> Pipeline {
    let files = rendered.files.iter().filter(|(path, _)| {
        path.contains(".github/") && std::path::Path::new(path).extension().is_some_and(|end| end == "yml")
    });
    let read = |(path, text): (&String, &String)| {
        let document = synth::read::document(path, &change(text)).unwrap();
        (path.clone(), document.root.to_value())
    };
    Pipeline {
        system: rendered.stacks[0].system.clone(),
        files: files.map(read).collect(),
    }
}
