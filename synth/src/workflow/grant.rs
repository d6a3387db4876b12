//! What a role must be allowed to do on AWS, computed from the steps of the jobs that assume it.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::model::{Job, Only, Trigger, Workflow, runs};
use super::pipeline::Registry;
use super::step::{Does, Shape, Step};
use super::value::{Bindings, Value};

/// Actions that are allowed on resources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// IAM actions, sorted.
    pub actions: BTreeSet<&'static str>,
    /// ARNs as `Fn::Sub` takes them: partition, region and account are `${AWS::…}` where they are the role's own.
    pub resources: BTreeSet<String>,
    /// All must hold.
    pub conditions: Vec<Condition>,
    /// The steps that need it, as `workflow / step`.
    pub needed_by: BTreeSet<String>,
}

/// A condition of IAM's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Condition {
    /// How it compares.
    pub operator: &'static str,
    /// What it compares.
    pub key: &'static str,
    /// With any of these.
    pub values: Vec<String>,
}

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

/// Where a resource is, seen from the role.
pub(super) enum Place<'a> {
    /// In the role's account and region.
    Here,
    /// Where the registry is.
    Registry(&'a Registry),
}

impl Place<'_> {
    pub(super) fn arn(&self, service: &str, resource: &str) -> String {
        let (region, account) = match self {
            Self::Here => ("${AWS::Region}", "${AWS::AccountId}"),
            Self::Registry(registry) => (registry.region.as_str(), registry.account.as_str()),
        };
        format!("arn:${{AWS::Partition}}:{service}:{region}:{account}:{resource}")
    }
}

impl Condition {
    pub(super) fn new(operator: &'static str, key: &'static str, values: impl Into<Vec<String>>) -> Self {
        Self {
            operator,
            key,
            values: values.into(),
        }
    }
}

impl Grant {
    pub(super) fn new<R: Into<String>>(
        actions: impl IntoIterator<Item = &'static str>,
        resources: impl IntoIterator<Item = R>,
    ) -> Self {
        let actions = actions.into_iter().collect();
        let resources = resources.into_iter().map(Into::into).collect();
        Self {
            actions,
            resources,
            conditions: Vec::new(),
            needed_by: BTreeSet::new(),
        }
    }

    pub(super) fn only_if(mut self, condition: Condition) -> Self {
        self.conditions.push(condition);
        self
    }

    fn needed_by(mut self, step: String) -> Self {
        self.needed_by.insert(step);
        self
    }

    pub(super) fn on_repository(actions: impl IntoIterator<Item = &'static str>, registry: &Registry) -> Self {
        let repository = format!("repository/{}", registry.repository);
        Self::new(actions, [Place::Registry(registry).arn("ecr", &repository)])
    }

    pub(super) fn on_stacks<S: AsRef<str>>(
        actions: impl IntoIterator<Item = &'static str>,
        stacks: impl IntoIterator<Item = S>,
    ) -> Self {
        let arn = |stack: S| Place::Here.arn("cloudformation", &format!("stack/{}/*", stack.as_ref()));
        Self::new(actions, stacks.into_iter().map(arn))
    }

    /// What `aws cloudformation deploy --role-arn` does. Without the execution role a change set is refused, so
    /// that no stack is ever made with the rights of the caller.
    pub(super) fn deploy<S: AsRef<str>>(
        stacks: impl IntoIterator<Item = S> + Clone,
        execution_role: &str,
    ) -> [Self; 3] {
        let read = [
            "cloudformation:DescribeChangeSet",
            "cloudformation:DescribeStacks",
            "cloudformation:GetTemplateSummary",
        ];
        let roles = || [execution_role.to_owned()];
        let passed = Condition::new(
            "StringEquals",
            "iam:PassedToService",
            ["cloudformation.amazonaws.com".to_owned()],
        );
        let made_by = Condition::new("StringEquals", "cloudformation:RoleArn", roles());
        [
            Self::on_stacks(
                read.into_iter().chain(["cloudformation:ExecuteChangeSet"]),
                stacks.clone(),
            ),
            Self::on_stacks(["cloudformation:CreateChangeSet"], stacks).only_if(made_by),
            Self::new(["iam:PassRole"], roles()).only_if(passed),
        ]
    }
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
                    step.grants(&inputs)
                        .into_iter()
                        .map(move |grant| grant.needed_by(by.clone()))
                };
                all.extend(run.steps.iter().flat_map(of_step));
            }
        }
    }
    merge(all)
}

/// Joins the actions on the same resources, then the resources of the same actions.
fn merge(grants: Vec<Grant>) -> Vec<Grant> {
    let mut by_resource: BTreeMap<_, Grant> = BTreeMap::new();
    for grant in grants {
        let key = (grant.resources.clone(), grant.conditions.clone());
        join(by_resource.entry(key), grant);
    }
    let mut by_action: BTreeMap<_, Grant> = BTreeMap::new();
    for grant in by_resource.into_values() {
        let key = (grant.actions.clone(), grant.conditions.clone());
        join(by_action.entry(key), grant);
    }
    by_action.into_values().collect()
}

fn join<K: Ord>(entry: Entry<'_, K, Grant>, grant: Grant) {
    match entry {
        Entry::Vacant(free) => {
            free.insert(grant);
        }
        Entry::Occupied(mut taken) => {
            let all = taken.get_mut();
            all.actions.extend(grant.actions);
            all.resources.extend(grant.resources);
            all.needed_by.extend(grant.needed_by);
        }
    }
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
    let of = |trigger: &Trigger| match trigger {
        Trigger::PullRequest { .. } if job.only != Some(Only::Push) => Some(Subject::PullRequest),
        Trigger::Push { branch, .. } if job.only != Some(Only::OwnPullRequest) => Some(Subject::Branch(branch.clone())),
        Trigger::Schedule { branch, .. } => Some(Subject::Branch(branch.clone())),
        // A person may start it on any branch, but only the released one is trusted.
        _ => None,
    };
    workflow.triggers.iter().filter_map(of).collect()
}
