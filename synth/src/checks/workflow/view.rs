//! A workflow as the rules look at it.

use crate::read::{Document, Entry, Node, Span, Step as PathStep};

/// Where something stands.
#[derive(Clone)]
pub(super) struct Spot {
    pub(super) path: Vec<PathStep>,
    pub(super) at: Span,
}

/// One file.
pub(super) struct View<'a> {
    pub(super) document: &'a Document,
    pub(super) jobs: Vec<Job<'a>>,
}

/// One job.
pub(super) struct Job<'a> {
    pub(super) id: &'a str,
    pub(super) node: &'a Node,
    pub(super) spot: Spot,
    pub(super) steps: Vec<Step<'a>>,
}

/// One step.
pub(super) struct Step<'a> {
    pub(super) node: &'a Node,
    pub(super) path: Vec<PathStep>,
}

impl<'a> View<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let jobs = document.root.get("jobs").and_then(Node::map);
        Self {
            document,
            jobs: jobs.into_iter().flat_map(|jobs| jobs.iter()).map(Job::new).collect(),
        }
    }

    /// The steps of all jobs that use an action: the step, the place, what stands before and behind the `@`.
    pub(super) fn actions(&self) -> impl Iterator<Item = Action<'_, 'a>> {
        let steps = self.jobs.iter().flat_map(|job| &job.steps);
        steps.filter_map(|step| {
            let uses = step.node.get("uses")?;
            let (name, version) = uses.text()?.split_once('@').unwrap_or((uses.text()?, ""));
            Some(Action {
                step,
                spot: step.below("uses", uses),
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

/// A step that uses an action.
pub(super) struct Action<'v, 'a> {
    pub(super) step: &'v Step<'a>,
    pub(super) spot: Spot,
    pub(super) name: &'a str,
    pub(super) version: &'a str,
}

impl<'a> Job<'a> {
    fn new(entry: &'a Entry) -> Self {
        let path: Vec<PathStep> = vec!["jobs".into(), entry.key.as_str().into()];
        let steps = entry.value.get("steps").and_then(Node::list).unwrap_or_default();
        let step = |(index, node): (usize, &'a Node)| Step {
            node,
            path: [path.as_slice(), &["steps".into(), index.into()]].concat(),
        };
        let steps = steps.iter().enumerate().map(step).collect();
        Self {
            id: &entry.key,
            node: &entry.value,
            spot: Spot { path, at: entry.key_at },
            steps,
        }
    }

    /// The workflow of this repository that it calls.
    pub(super) fn call(&self) -> Option<&'a str> {
        self.node.get("uses")?.text()?.strip_prefix("./")
    }

    pub(super) fn below(&self, key: &str, node: &Node) -> Spot {
        Spot {
            path: [self.spot.path.as_slice(), &[key.into()]].concat(),
            at: node.at,
        }
    }
}

impl Step<'_> {
    pub(super) fn below(&self, key: &str, node: &Node) -> Spot {
        Spot {
            path: [self.path.as_slice(), &[key.into()]].concat(),
            at: node.at,
        }
    }
}
