//! What a role must be allowed to do on AWS and whom it must trust: computed from the steps of the jobs that assume it.

use std::collections::BTreeSet;

use super::model::{Job, Only, Work, Workflow, path_of_called, runs};
use super::step::{Does, Shape, Step};
use super::trigger::Trigger;
use super::value::{Bindings, Value};
use crate::permissions::{Grant, Rule, merge, merge_rules};

/// What GitHub's identity token says a job is, which is what a role's trust must name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A job of a GitHub environment; the token does not tell the branch then.
    Environment(String),
    /// A job on a pull request.
    PullRequest,
    /// A job on a branch.
    Branch(String),
}

/// What a role must be allowed to do, in as few grants as say the same.
#[must_use]
pub fn grants_for(role: &str, workflows: &[Workflow]) -> Vec<Grant> {
    let mut all = Vec::new();
    for (workflow, job) in jobs(workflows) {
        for (run, inputs) in runs(job, workflows) {
            if assumes(&run.steps, &inputs, role) {
                let of_step = |step: &Step| {
                    let by = format!("{} / {}", workflow.file, step.name);
                    let grants = step.grants(&inputs).into_iter();
                    grants.map(move |grant| grant.needed_by(by.clone()))
                };
                all.extend(run.steps.iter().flat_map(of_step));
            }
        }
    }
    merge(all)
}

/// What whoever has a role must be allowed in the cluster, in as few rules as say the same.
#[must_use]
pub fn rules_for(role: &str, workflows: &[Workflow]) -> Vec<Rule> {
    let mut all = Vec::new();
    for (workflow, job) in jobs(workflows) {
        for (run, inputs) in runs(job, workflows) {
            if assumes(&run.steps, &inputs, role) {
                let of_step = |step: &Step| {
                    let by = format!("{} / {}", workflow.file, step.name);
                    let rules = step.rules().into_iter();
                    rules.map(move |rule| rule.needed_by(by.clone()))
                };
                all.extend(run.steps.iter().flat_map(of_step));
            }
        }
    }
    merge_rules(all)
}

/// Whom a role must trust: what GitHub says of the jobs that assume it.
#[must_use]
pub fn subjects_for(role: &str, workflows: &[Workflow]) -> BTreeSet<Subject> {
    jobs(workflows)
        .flat_map(|(workflow, job)| runs(job, workflows).into_iter().map(move |run| (workflow, job, run)))
        .filter(|(_, _, (run, inputs))| assumes(&run.steps, inputs, role))
        .flat_map(|(workflow, job, (run, inputs))| match &run.environment {
            Some(environment) => vec![Subject::Environment(environment.bind(&inputs).text())],
            None => refs(workflow, job),
        })
        .collect()
}

/// The files of the workflows in which jobs assume a role, from the root of the repository: for a called workflow its
/// own, as GitHub's tokens say.
#[must_use]
pub fn files_for(role: &str, workflows: &[Workflow]) -> BTreeSet<String> {
    let assuming = jobs(workflows).filter(|(_, job)| {
        let mut runs = runs(job, workflows).into_iter();
        runs.any(|(run, inputs)| assumes(&run.steps, &inputs, role))
    });
    assuming
        .map(|(workflow, job)| match &job.work {
            Work::Call { workflow, .. } => path_of_called(workflow, workflows),
            Work::Run(_) => workflow.path(),
        })
        .collect()
}

/// The stacks whose resources a role must be allowed to read, because a job that assumes it looks for drift.
#[must_use]
pub fn stacks_read_by(role: &str, workflows: &[Workflow]) -> BTreeSet<String> {
    jobs(workflows)
        .flat_map(|(_, job)| runs(job, workflows))
        .filter(|(run, inputs)| assumes(&run.steps, inputs, role))
        .flat_map(|(run, _)| &run.steps)
        .filter_map(|step| match &step.does {
            Does::Stack(stack) => Some(stack.reads()),
            _ => None,
        })
        .flatten()
        .cloned()
        .collect()
}

/// The jobs that something starts; those of a called workflow happen as part of the calling job.
fn jobs(workflows: &[Workflow]) -> impl Iterator<Item = (&Workflow, &Job)> {
    let started = |trigger: &Trigger| !matches!(trigger, Trigger::Call { .. });
    workflows
        .iter()
        .filter(move |workflow| workflow.triggers.iter().any(started))
        .flat_map(|workflow| workflow.jobs.iter().map(move |job| (workflow, job)))
}

fn assumes(steps: &[Step], inputs: &Bindings, role: &str) -> bool {
    let input = |step: &Step| match step.shape() {
        Shape::Uses { with, .. } => with.into_iter().find(|(name, _)| *name == "role-to-assume"),
        Shape::Runs { .. } => None,
    };
    steps
        .iter()
        .filter_map(input)
        .any(|(_, value)| value.bind(inputs) == Value::from(role))
}

fn refs(workflow: &Workflow, job: &Job) -> Vec<Subject> {
    let on_pull_request = matches!(
        job.only,
        None | Some(Only::OwnPullRequest | Only::PullRequest | Only::Commit)
    );
    let on_push = matches!(job.only, None | Some(Only::Push | Only::Deployment | Only::Commit));
    let of = |trigger: &Trigger| match trigger {
        Trigger::PullRequest { .. } if on_pull_request => vec![Subject::PullRequest],
        Trigger::Push { branches, .. } if on_push => branches.iter().cloned().map(Subject::Branch).collect(),
        Trigger::Schedule { branch, .. } => vec![Subject::Branch(branch.clone())],
        // A person may start it on any branch, but only the released one is trusted.
        _ => Vec::new(),
    };
    workflow.triggers.iter().flat_map(of).collect()
}
