//! Which systems, rendered, and where their files go.

use super::Error;
use super::args::Options;
use crate::checks::Finding;
use crate::files::{Files, Root};
use crate::model::{Checked, Systems};
use crate::schema::near::nearest;
use crate::{Rendered, render};

/// Systems with everything that they are rendered to.
pub(super) struct Selection {
    pub(super) rendered: Vec<Rendered>,
    pub(super) names: Vec<String>,
    /// Whether all systems are among them.
    pub(super) all: bool,
}

/// Renders the systems that are asked for, in their own order.
pub(super) fn select(systems: &Systems, options: &Options) -> Result<Selection, Error> {
    let mut selection = Selection {
        rendered: Vec::new(),
        names: Vec::new(),
        all: options.system.is_empty(),
    };
    for system in asked(systems, options)? {
        selection.rendered.push(each(system, render)?);
        selection.names.push(system.name.to_string());
    }
    Ok(selection)
}

/// The systems that are asked for, in their own order.
pub(super) fn asked<'a>(systems: &'a Systems, options: &Options) -> Result<Vec<Checked<'a>>, Error> {
    known(systems, options)?;
    let asked =
        |system: &Checked<'_>| options.system.is_empty() || options.system.iter().any(|it| it == system.name.as_str());
    Ok(systems.each().filter(asked).collect())
}

/// Renders something of a system.
pub(super) fn each<'a, T>(
    system: Checked<'a>,
    render: impl Fn(Checked<'a>) -> Result<T, crate::Error>,
) -> Result<T, Error> {
    render(system).map_err(|source| Error::Render {
        system: system.name.to_string(),
        source,
    })
}

/// Objects to a system that does not exist.
pub(super) fn known(systems: &Systems, options: &Options) -> Result<(), Error> {
    let names: Vec<String> = systems.each().map(|system| system.name.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    match options.system.iter().find(|name| !names.contains(&name.as_str())) {
        Some(unknown) => Err(Error::Usage(unknown_system(unknown, &names))),
        None => Ok(()),
    }
}

fn unknown_system(unknown: &str, names: &[&str]) -> String {
    let near = nearest(unknown, names.iter().copied()).map(|name| format!(" (did you mean `{name}`?)"));
    let near = near.unwrap_or_default();
    let names = names.join("`, `");
    format!("there is no system `{unknown}`{near}; the systems are `{names}`")
}

impl Selection {
    /// The files of a folder of rendered files.
    pub(super) fn files(&self, root: Root) -> Result<(Root, Files), Error> {
        let mut files = Files::new();
        for (name, rendered) in self.names.iter().zip(&self.rendered) {
            // No two systems render one file: their folders and their workflows begin with their names.
            files.extend(root.place(name, rendered.files.clone())?);
        }
        let root = if self.all { root } else { root.only(&self.names) };
        Ok((root, files))
    }

    /// What the checks say, in the order of the systems.
    pub(super) fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.rendered.iter().flat_map(|rendered| &rendered.findings)
    }

    /// What the user should know, each thing once.
    pub(super) fn notices(&self) -> Vec<&str> {
        let mut notices: Vec<&str> = Vec::new();
        for notice in self.rendered.iter().flat_map(|rendered| &rendered.notices) {
            if !notices.contains(&notice.as_str()) {
                notices.push(notice);
            }
        }
        notices
    }
}
