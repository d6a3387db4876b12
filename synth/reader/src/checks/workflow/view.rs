//! A workflow as the rules look at it.

use crate::read::{Document, Entry, Node};

/// One file.
#[derive(Debug)]
pub struct View<'a> {
    pub(super) document: &'a Document,
    pub(super) jobs: Vec<Job<'a>>,
}

/// One job.
#[derive(Debug)]
pub(super) struct Job<'a> {
    pub(super) entry: &'a Entry,
    pub(super) steps: &'a [Node],
}

/// A step that uses an action.
pub(super) struct Action<'a> {
    pub(super) step: &'a Node,
    pub(super) uses: &'a Node,
    /// What stands before the `@`.
    pub(super) name: &'a str,
    /// What stands behind it.
    pub(super) version: &'a str,
}

impl<'a> View<'a> {
    pub(in crate::checks) fn new(document: &'a Document) -> Self {
        let jobs = document.root.get("jobs").and_then(Node::map);
        Self {
            document,
            jobs: jobs.into_iter().flat_map(|jobs| jobs.iter()).map(Job::new).collect(),
        }
    }

    /// The steps of all jobs that use an action.
    pub(super) fn actions(&self) -> impl Iterator<Item = Action<'a>> {
        let steps = self.jobs.iter().flat_map(|job| job.steps);
        steps.filter_map(|step| {
            let uses = step.get("uses")?;
            let (name, version) = uses.text()?.split_once('@').unwrap_or((uses.text()?, ""));
            Some(Action {
                step,
                uses,
                name,
                version,
            })
        })
    }

    /// The comment at the end of a line.
    pub(super) fn comment(&self, line: u32) -> Option<&'a str> {
        let line = self
            .document
            .text
            .lines()
            .nth(usize::try_from(line).ok()?.checked_sub(1)?)?;
        line.split_once(" # ").map(|(_, comment)| comment.trim())
    }
}

impl<'a> Job<'a> {
    fn new(entry: &'a Entry) -> Self {
        Self {
            entry,
            steps: entry.value.get("steps").and_then(Node::list).unwrap_or_default(),
        }
    }

    pub(super) fn id(&self) -> &'a str {
        &self.entry.key
    }

    pub(super) fn get(&self, key: &str) -> Option<&'a Node> {
        self.entry.value.get(key)
    }

    /// The workflow of this repository that it calls.
    pub(super) fn call(&self) -> Option<&'a str> {
        self.get("uses")?.text()?.strip_prefix("./")
    }
}
