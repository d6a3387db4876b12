//! Two sides of a workflow of GitHub's: what sets it off, what its jobs may do, wait for and run.
//!
//! A workflow is told by its jobs, each under its id, and by what stands above them. What has two spellings
//! (`on: push` and `on: {push: {}}`, one name and a list of one) is brought into one first; the order of names that
//! are a set counts for nothing.

mod action;
mod form;
mod guard;
mod job;
mod script;
mod secrets;
mod step;
mod story;
mod token;
mod trigger;

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::verdict::{ResourceChange, Verdict};
use super::wider::Wider;
use crate::read::Document;
use story::{Kind, Story};

/// One workflow, in the form in which it is compared.
#[derive(Debug)]
pub(super) struct Workflow {
    /// The name by which it is matched.
    pub(super) file: String,
    /// Everything but what sets it off and its jobs.
    settings: Map<String, Json>,
    triggers: Map<String, Json>,
    jobs: BTreeMap<String, Job>,
    /// What the comment beside a `uses` says of it.
    versions: BTreeMap<String, String>,
}

/// One job.
#[derive(Debug, PartialEq)]
struct Job {
    id: String,
    line: u32,
    /// Everything but its steps.
    value: Map<String, Json>,
    steps: Vec<Map<String, Json>>,
}

impl Job {
    fn text(&self, key: &str) -> Option<&str> {
        self.value.get(key)?.as_str()
    }

    /// The ids of the jobs that it names.
    fn needs(&self) -> impl Iterator<Item = &str> {
        let needs = self.value.get("needs").and_then(Json::as_array);
        needs.into_iter().flatten().filter_map(Json::as_str)
    }
}

/// Whether a document is a workflow: something sets it off, and it has jobs that run somewhere or call another.
pub(super) fn is_one(document: &Document) -> bool {
    let jobs = document.root.get("jobs").and_then(crate::read::Node::map);
    document.root.get("on").is_some()
        && jobs.is_some_and(|jobs| {
            let mut jobs = jobs.iter();
            jobs.any(|job| {
                ["runs-on", "uses", "steps"]
                    .iter()
                    .any(|key| job.value.get(key).is_some())
            })
        })
}

impl Workflow {
    pub(super) fn new(document: &Document) -> Self {
        form::workflow(document)
    }

    /// The name of the file without its folders and its ending.
    fn stem(&self) -> &str {
        let name = self.file.rsplit('/').next().unwrap_or(&self.file);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// What the comment beside a `uses` says.
    fn version(&self, uses: &str) -> Option<&str> {
        self.versions.get(uses).map(String::as_str)
    }

    fn story(&self, kind: Kind<'_>) -> Story {
        match kind {
            Kind::Workflow => Story::new(&self.file, self.stem(), kind, 1),
            Kind::Job(id, line) => Story::new(&self.file, id, kind, line),
        }
    }
}

/// What changes in all workflows, and what gets wider by it.
pub(super) fn changes(old: &[Workflow], new: &[Workflow], resources: &mut Vec<ResourceChange>, wider: &mut Vec<Wider>) {
    let mut stories = Vec::new();
    let is_in = |list: &[Workflow], file: &str| list.iter().any(|one| one.file == file);
    let mut gone: Vec<&Workflow> = old.iter().filter(|one| !is_in(new, &one.file)).collect();
    for after in new {
        let before = old.iter().find(|one| one.file == after.file);
        let before = before.or_else(|| moved(&mut gone, after));
        match before {
            Some(before) => pair(before, after, &mut stories),
            None => come(after, &mut stories),
        }
    }
    for before in gone {
        let mut story = before.story(Kind::Workflow);
        story.verdict(Verdict::Remove);
        stories.push(story);
    }
    for story in stories {
        story.tell(resources, wider);
    }
}

/// The file that a new one was: the same jobs under another name.
fn moved<'a>(gone: &mut Vec<&'a Workflow>, after: &Workflow) -> Option<&'a Workflow> {
    let same = |before: &&Workflow| before.jobs.len() == after.jobs.len() && before.jobs.keys().eq(after.jobs.keys());
    let mut found = gone.iter().enumerate().filter(|(_, before)| same(before));
    let at = found.next().map(|(at, _)| at).filter(|_| found.next().is_none())?;
    Some(gone.remove(at))
}

fn pair(before: &Workflow, after: &Workflow, stories: &mut Vec<Story>) {
    let mut story = after.story(Kind::Workflow);
    if before.file != after.file {
        story.note(format!(
            "the file was `{}`; trusts and rules that name it no longer hold",
            before.file
        ));
    }
    trigger::changes(&before.triggers, &after.triggers, &mut story);
    token::of_workflow(before, after, &mut story);
    story.settings(&before.settings, &after.settings, &["permissions"]);
    stories.push(story);
    job::changes(before, after, stories);
}

fn come(after: &Workflow, stories: &mut Vec<Story>) {
    let mut story = after.story(Kind::Workflow);
    story.verdict(Verdict::Create);
    trigger::opened(&after.triggers, &mut story);
    token::of_new(after, &mut story);
    stories.push(story);
    for new in after.jobs.values() {
        let mut story = after.story(Kind::Job(&new.id, new.line));
        job::come(after, new, &mut story);
        // The workflow itself is told; of its jobs only what they open.
        story.only_wider();
        stories.push(story);
    }
}
