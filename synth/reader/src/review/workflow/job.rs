//! What happens to the jobs of a workflow.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::story::{Kind, Story};
use super::{Job, Workflow};
use super::{action, guard, secrets, step, token};
use crate::review::verdict::Verdict;
use crate::review::wider::What;

/// What happens to the jobs of a workflow that both sides have.
pub(super) fn changes(before: &Workflow, after: &Workflow, stories: &mut Vec<Story>) {
    let (old, new) = (&before.jobs, &after.jobs);
    let mut gone: Vec<&Job> = old.values().filter(|job| !new.contains_key(&job.id)).collect();
    for job in new.values() {
        let mut story = after.story(Kind::Job(&job.id, job.line));
        match old.get(&job.id).or_else(|| renamed(&mut gone, job)) {
            Some(was) => pair((before, was), (after, job), &mut story),
            None => come(after, job, &mut story),
        }
        stories.push(story);
    }
    for job in gone {
        let mut story = before.story(Kind::Job(&job.id, job.line));
        story.verdict(Verdict::Remove);
        stories.push(story);
    }
}

/// The job that did the same under another id.
fn renamed<'a>(gone: &mut Vec<&'a Job>, job: &Job) -> Option<&'a Job> {
    let same = |was: &&Job| was.steps == job.steps && was.value.get("uses") == job.value.get("uses");
    let at = gone.iter().position(same)?;
    Some(gone.remove(at))
}

/// A job that nobody had before.
pub(super) fn come(workflow: &Workflow, job: &Job, story: &mut Story) {
    story.verdict(Verdict::Create);
    token::of_new_job(job, story);
    reads(&BTreeSet::new(), &secrets(workflow, job), story);
}

fn pair(before: (&Workflow, &Job), after: (&Workflow, &Job), story: &mut Story) {
    let (was, is) = (before.1, after.1);
    if was.id != is.id {
        story.renamed_from(&was.id);
        if is.text("name").is_none() || was.text("name").is_none() {
            story.note(format!(
                "a branch rule that requires the check `{}` waits for ever",
                was.id
            ));
        }
    }
    token::of_job(before, after, story);
    reads(&secrets(before.0, was), &secrets(after.0, is), story);
    let is_call = |job: &Job| job.value.contains_key("uses");
    let becomes_call = is_call(is) && !is_call(was);
    if becomes_call {
        story.note("it calls a workflow now, which may ask for the same; what that does is told of its own jobs");
    }
    environment(was, is, becomes_call, story);
    condition(was, is, story);
    needs(before, after, story);
    runner(was, is, story);
    if let Some((old, new)) = was.text("uses").zip(is.text("uses")) {
        action::change("uses", old, new, (before.0.version(old), after.0.version(new)), story);
    }
    let mut told = vec!["permissions", "environment", "needs", "runs-on"];
    if becomes_call {
        // They stand with the jobs that it calls.
        told.extend(["timeout-minutes", "concurrency", "env", "defaults", "outputs"]);
    }
    if was.text("uses").is_some() && is.text("uses").is_some() {
        told.push("uses");
    }
    story.settings(&was.value, &is.value, &told);
    step::changes((before.0, &was.steps), (after.0, &is.steps), story);
}

/// The secrets that a job reads, also through what its workflow sets for all jobs.
fn secrets(workflow: &Workflow, job: &Job) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let parts = job.steps.iter().chain([&job.value]);
    parts.for_each(|part| secrets::of_map(part, &mut found));
    if let Some(env) = workflow.settings.get("env") {
        secrets::read(env, &mut found);
    }
    found
}

fn reads(old: &BTreeSet<String>, new: &BTreeSet<String>, story: &mut Story) {
    if old.contains(secrets::ALL) {
        return;
    }
    let gained: Vec<&str> = new.difference(old).map(String::as_str).collect();
    let text = match gained.as_slice() {
        [] => return,
        all if all.contains(&secrets::ALL) => "it is given every secret".to_owned(),
        [one] => format!("it reads secret {one}"),
        more => format!("it reads secrets {}", more.join(", ")),
    };
    story.wider(What::Permission, "secrets", text);
}

fn environment(was: &Job, is: &Job, becomes_call: bool, story: &mut Story) {
    let (old, new) = (was.value.get("environment"), is.value.get("environment"));
    if old == new {
        return;
    }
    let name_of = |environment: Option<&Json>| Some(environment?.get("name")?.as_str()?.to_owned());
    let text = match (name_of(old), name_of(new)) {
        (old, new) if old == new => None,
        (Some(_), None) if becomes_call => None,
        (Some(name), None) => {
            let text = format!("the rules of environment {name} (reviewers, branches, waiting) no longer hold for it");
            story.wider(What::Protection, "environment", text);
            None
        }
        (None, Some(_)) => Some("it waits for the rules of the environment, and has its secrets"),
        (Some(_), Some(_)) => Some("other rules and other secrets hold for it"),
        (None, None) => None,
    };
    let said: Vec<String> = text.map(str::to_owned).into_iter().collect();
    story.value("environment", old.cloned(), new.cloned(), &said);
}

fn condition(was: &Job, is: &Job, story: &mut Story) {
    if let (Some(old), None) = (was.text("if"), is.text("if"))
        && let Some(guard) = guard::asked(old)
    {
        let text = format!("its condition on {guard} is gone, so that it always runs");
        story.wider(What::Protection, "if", text);
    }
}

/// What runs before a job, over any number of steps.
fn before_it<'a>(jobs: &'a BTreeMap<String, Job>, job: &'a Job) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = job.needs().collect();
    while let Some(id) = open.pop() {
        if found.insert(id) {
            open.extend(jobs.get(id).into_iter().flat_map(Job::needs));
        }
    }
    found
}

fn needs(before: (&Workflow, &Job), after: (&Workflow, &Job), story: &mut Story) {
    let (old, new) = (before.1.value.get("needs"), after.1.value.get("needs"));
    if old == new {
        return;
    }
    let (was, is) = (before_it(&before.0.jobs, before.1), before_it(&after.0.jobs, after.1));
    let lost: Vec<&str> = was
        .difference(&is)
        .filter(|id| after.0.jobs.contains_key(**id))
        .copied()
        .collect();
    let said = match lost.as_slice() {
        [] => Vec::new(),
        lost => vec![format!(
            "it no longer waits for {}, and runs even if that fails",
            lost.join(", ")
        )],
    };
    story.value("needs", old.cloned(), new.cloned(), &said);
}

fn runner(was: &Job, is: &Job, story: &mut Story) {
    let (old, new) = (was.value.get("runs-on"), is.value.get("runs-on"));
    if old == new {
        return;
    }
    let own = |runner: Option<&Json>| runner.is_some_and(|runner| runner.to_string().contains("\"self-hosted\""));
    let said = match (own(old), own(new)) {
        (false, true) if old.is_some() => vec!["on a machine of one's own, where what it leaves stays".to_owned()],
        _ => Vec::new(),
    };
    story.value("runs-on", old.cloned(), new.cloned(), &said);
}
