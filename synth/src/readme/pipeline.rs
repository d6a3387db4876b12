//! The pipelines: a picture of the release, and what starts each workflow.

use serde::Serialize;

use super::cells;
use super::words::{cell, list};
use crate::model::{Files, Release, Repository, System};
use crate::render::Whole;
use crate::workflow::step::When;
use crate::workflow::{Job, Only, Run, Runner, Trigger, Work, Workflow};

/// The picture and the table.
#[derive(Serialize)]
pub(super) struct View {
    /// The file of the workflow that releases, and of the one that rolls back.
    release: &'static str,
    rollback: &'static str,
    /// The GitHub environment with the address of the channel that is told how a release ended; nothing if none is.
    notices: Option<String>,
    /// The branch that work is collected on, and the Dockerfile of the image that people develop in, if there are.
    collects: Option<String>,
    dockerfile: Option<String>,
    /// Whether what scanners find goes to code scanning.
    found: bool,
    /// Whether manifests are tried on a cluster.
    tries_manifests: bool,
    /// Whether roles trust workflow files by their names.
    pinned: bool,
    jobs: Vec<Box>,
    arrows: Vec<Arrow>,
    workflows: Vec<Row>,
}

/// A job of the release.
#[derive(Serialize)]
struct Box {
    id: String,
    name: String,
    steps: Vec<String>,
}

/// What comes after what: one job after all that it waits for.
#[derive(Serialize)]
struct Arrow {
    from: String,
    to: String,
    approved: bool,
}

#[derive(Serialize)]
struct Row {
    name: String,
    link: String,
    starts: String,
    about: String,
}

pub(super) fn view(whole: &Whole<'_>) -> View {
    let release = release_file(whole.system);
    let release = whole.workflows.iter().find(|workflow| workflow.file == release);
    let jobs = release.into_iter().flat_map(|release| &release.jobs);
    // What only a person starts is no part of a release, and who is told of it makes none.
    let jobs: Vec<&Job> = jobs
        .filter(|job| !matches!(job.only, Some(Only::Chosen { .. } | Only::Ended)))
        .collect();
    let root = match whole.system.pipeline.repository {
        Repository::Own => "../../",
        Repository::Foreign => "",
    };
    let development = whole.pipeline.development.as_ref();
    View {
        release: release_file(whole.system),
        rollback: rollback_file(whole.system),
        notices: whole.pipeline.notices(),
        collects: development.map(|it| it.branch.clone()),
        dockerfile: development.and_then(|it| it.dockerfile.clone()),
        found: whole.pipeline.trial.is_some(),
        tries_manifests: whole.pipeline.trial.is_some() && whole.system.kubernetes().is_some(),
        pinned: whole
            .sites
            .iter()
            .any(|site| !site.access.deploy.callers.files.is_empty()),
        jobs: jobs.iter().map(|job| picture(job, &whole.workflows)).collect(),
        arrows: together(jobs.iter().map(|job| arrow(whole, job))),
        workflows: whole.workflows.iter().map(|workflow| row(root, workflow)).collect(),
    }
}

/// Arrows that come from the same as one.
fn together(arrows: impl Iterator<Item = Arrow>) -> Vec<Arrow> {
    let mut all: Vec<Arrow> = Vec::new();
    for arrow in arrows {
        let same = |one: &&mut Arrow| one.from == arrow.from && one.approved == arrow.approved;
        match all.iter_mut().find(same) {
            Some(one) => one.to.extend([" & ", &arrow.to]),
            None => all.push(arrow),
        }
    }
    all
}

/// The file of the workflow that releases.
pub(super) fn release_file(system: &System) -> &'static str {
    match system.pipeline.files {
        Files::Several => "release",
        Files::One => "ci-cd",
    }
}

/// The file of the workflow that a person starts to roll back.
pub(super) fn rollback_file(system: &System) -> &'static str {
    match system.pipeline.files {
        Files::Several => "rollback",
        Files::One => "ci-cd",
    }
}

fn picture(job: &Job, workflows: &[Workflow]) -> Box {
    let called = |file: &str| workflows.iter().find(|other| other.file == file);
    let jobs: &[Job] = match &job.work {
        Work::Run(_) => std::slice::from_ref(job),
        Work::Call { workflow, .. } => called(workflow).map_or(&[], |called| &called.jobs),
    };
    let runs: Vec<&Run> = jobs
        .iter()
        .filter_map(|job| match &job.work {
            Work::Run(run) => Some(run),
            Work::Call { .. } => None,
        })
        .collect();
    let steps = runs.iter().flat_map(|run| &run.steps);
    let steps = steps.filter(|step| step.when != When::Failing);
    let platforms = runs.first().map(|run| match &run.runner {
        Runner::Ubuntu => String::new(),
        Runner::Each(platforms) => {
            let names: Vec<&str> = platforms.iter().map(|platform| platform.name()).collect();
            format!(" for {}", list(&names))
        }
    });
    Box {
        id: format!("job_{}", job.id.replace('-', "_")),
        name: format!("{}{}", job.name, platforms.unwrap_or_default()),
        steps: steps.map(|step| step.name.clone()).collect(),
    }
}

/// The jobs that deploy have the name of their environment.
fn arrow(whole: &Whole<'_>, job: &Job) -> Arrow {
    let name = job.id.strip_prefix("deploy-").unwrap_or(&job.id);
    let environment = whole.sites.iter().find(|site| site.name() == name);
    let approved = environment.is_some_and(|site| site.environment.release == Release::Approved);
    let before = |need: &String| format!("job_{}", need.replace('-', "_"));
    let mut before: Vec<String> = job.needs.iter().map(before).collect();
    if before.is_empty() {
        before.push("push".to_owned());
    }
    Arrow {
        from: before.join(" & "),
        to: format!("job_{}", job.id.replace('-', "_")),
        approved,
    }
}

fn row(root: &str, workflow: &Workflow) -> Row {
    let starts: Vec<String> = workflow.triggers.iter().map(starts).collect();
    Row {
        name: format!("{}{}", workflow.prefix, workflow.file),
        link: format!("{root}{}", workflow.path()),
        starts: cell(&list(&starts)),
        about: cells::sentences(workflow.about),
    }
}

fn starts(trigger: &Trigger) -> String {
    match trigger {
        Trigger::Push { branches, paths } if paths.is_empty() => format!("a push to {}", quoted(branches)),
        Trigger::Push { branches, paths } => {
            format!("a push to {} that changes {}", quoted(branches), changed(paths))
        }
        Trigger::PullRequest { paths, .. } if paths.is_empty() => "a pull request".to_owned(),
        Trigger::PullRequest { paths, .. } => format!("a pull request that changes {}", changed(paths)),
        Trigger::Schedule { cron, .. } => format!("the clock (`{cron}`, UTC)"),
        Trigger::Dispatch { .. } => "a person".to_owned(),
        Trigger::Call { .. } => "another workflow".to_owned(),
    }
}

/// Branches, each as code.
fn quoted(branches: &[String]) -> String {
    let names: Vec<String> = branches.iter().map(|branch| format!("`{branch}`")).collect();
    list(&names)
}

/// What the paths of a trigger are.
fn changed(paths: &[String]) -> &'static str {
    if paths.iter().any(|path| path.ends_with("/k8s/**")) {
        "a template or a manifest"
    } else {
        "a template"
    }
}
