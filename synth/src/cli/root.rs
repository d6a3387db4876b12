//! Where the rendered files are: the repository that holds the systems, from here upwards.
//!
//! A program that is installed runs anywhere, and knows its systems everywhere. It only writes where something shows that
//! it belongs: rendered files of a system, the workspace whose package renders, or, if nothing of the repository renders
//! it, a repository at all. A folder that the user names is right as it is.

use std::fs;
use std::path::{Path, PathBuf, absolute};

use super::Error;
use super::args::Options;
use crate::files::Root;
use crate::model::{Renderer, Systems};

/// The folder that the options name, or else the one of the repository.
pub(super) fn of(systems: &Systems, options: &Options) -> Result<Root, Error> {
    if let Some(out) = &options.out {
        return Ok(named(out));
    }
    let here = std::env::current_dir().map_err(|error| Error::Usage(format!("there is no working folder: {error}")))?;
    let found = above(&here).find(|(folder, _)| holds(folder, systems));
    match found {
        Some((_, way)) => Ok(Root::repository_at(&way)),
        None => Err(Error::Nothing(nowhere(&here, systems))),
    }
}

/// `out` by any other name is the folder of the repository.
fn named(out: &Path) -> Root {
    match (absolute(out), absolute("out")) {
        (Ok(given), Ok(own)) if given == own => Root::repository(),
        _ => Root::elsewhere(out),
    }
}

/// A folder and those around it, each with the way to it from here, no further than the repository that it is in.
pub(super) fn above(here: &Path) -> impl Iterator<Item = (&Path, PathBuf)> {
    let mut left = false;
    here.ancestors()
        .enumerate()
        .map(|(steps, folder)| (folder, std::iter::repeat_n("..", steps).collect()))
        .take_while(move |(folder, _)| !std::mem::replace(&mut left, is_repository(folder)))
}

fn is_repository(folder: &Path) -> bool {
    folder.join(".git").exists()
}

/// Whether something in a folder shows that the systems are rendered into it.
fn holds(folder: &Path, systems: &Systems) -> bool {
    systems.each().any(|system| {
        let rendered = folder.join("out").join(system.name.as_str());
        Root::has_mark(&rendered)
            || match &system.system().pipeline.renderer {
                Renderer::Package(package) => has_package(folder, package),
                Renderer::Installed => is_repository(folder),
            }
    })
}

/// Whether a workspace has a package of its own of that name: it is the folder, or one that stands in it.
fn has_package(folder: &Path, package: &str) -> bool {
    let beside = || {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).any(|path| locks(&path, package))
    };
    locks(folder, package) || is_repository(folder) && beside()
}

/// Whether the lock file of a workspace has the package, and from nowhere else.
fn locks(folder: &Path, package: &str) -> bool {
    let lock = fs::read_to_string(folder.join("Cargo.lock")).unwrap_or_default();
    let name = format!("name = \"{package}\"");
    let mut packages = lock.split("[[package]]");
    packages.any(|it| it.lines().any(|line| line == name) && !it.lines().any(|line| line.starts_with("source =")))
}

fn nowhere(here: &Path, systems: &Systems) -> String {
    let names: Vec<String> = systems.each().map(|system| format!("`{}`", system.name)).collect();
    let typed = systems.each().next().map_or_else(
        || "a repository of its own".to_owned(),
        |first| match &first.system().pipeline.renderer {
            Renderer::Package(package) => format!("a workspace with the package `{package}`"),
            Renderer::Installed => "a git repository".to_owned(),
        },
    );
    format!(
        "nothing was rendered: neither `{}` nor a folder around it is the repository of {}, which is {typed} or holds what \
         was rendered of them in `out`; go there, or name a folder with `--out FOLDER` (`--out out` for this one). \
         `synth validate`, `diff` and `explain` work everywhere",
        here.display(),
        match names.len() {
            0..=3 => names.join(", "),
            many => format!("{} and {} other systems", names[0], many - 1),
        },
    )
}
