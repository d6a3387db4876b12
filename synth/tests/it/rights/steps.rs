//! What the steps of the workflows do on AWS is allowed to the role that their job assumes.

use std::collections::{BTreeMap, BTreeSet};

use synth::schema::Handler;
use synth::schema::iam::{self, Level};

use super::condition::Context;
use super::known;
use super::policy::Request;
use super::principals::is_by_hand;
use super::resolve::{ACCOUNT, REGION};
use super::scripts::{Run, runs};
use super::sites::{LATER, PIPELINES, Pipeline};
use super::works;
use super::world::{Thing, World};

type Missing = BTreeMap<String, String>;

/// What fetches an image, or what is signed beside it.
const PULL: [&str; 2] = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/// What sends one.
const PUSH: [&str; 5] = [
    "ecr:BatchCheckLayerAvailability",
    "ecr:CompleteLayerUpload",
    "ecr:InitiateLayerUpload",
    "ecr:PutImage",
    "ecr:UploadLayerPart",
];

/// A step in the name of a role of an environment.
pub(super) struct Asks<'a> {
    pipeline: &'a Pipeline,
    world: &'a World,
    pub(super) run: &'a Run,
    missing: &'a mut Missing,
}

impl Asks<'_> {
    pub(super) fn ask(&mut self, action: &str, resource: &str, context: &Context) {
        let role = self.world.principal(&self.run.role_end());
        if role
            .allows(Request {
                action,
                resource,
                context,
            })
            .is_none()
        {
            let line = format!("{action} as {} in `{}`", role.short(), self.run.step);
            let why = format!("{}: {} on {resource}", self.world.label, self.run.file);
            self.missing.entry(line).or_insert(why);
        }
    }

    pub(super) fn anywhere(&mut self, action: &str) {
        self.ask(action, "*", &plain());
    }

    pub(super) fn on_repository(&mut self, actions: &[&str]) {
        let repository = format!("arn:aws:ecr:{REGION}:{ACCOUNT}:repository/{}", self.pipeline.system);
        for action in actions {
            self.ask(action, &repository, &plain());
        }
    }

    /// The stacks that the settings of the step name.
    fn stacks(&self) -> Vec<&'static Thing> {
        let all = LATER
            .iter()
            .filter(|world| world.label == self.world.label)
            .flat_map(|world| &world.things);
        let stacks = all.filter(|thing| thing.arn.contains(":cloudformation:"));
        let words: BTreeSet<&str> = self
            .run
            .settings
            .values()
            .flat_map(|value| value.split_whitespace())
            .collect();
        stacks.filter(|stack| words.contains(stack.name.as_str())).collect()
    }

    pub(super) fn on_stacks(&mut self, actions: &[&str], context: &Context) {
        let stacks = self.stacks();
        assert!(
            !stacks.is_empty(),
            "{}: `{}` names no stack",
            self.run.file,
            self.run.step
        );
        for stack in stacks {
            for action in actions {
                self.ask(action, &stack.arn, context);
            }
        }
    }

    pub(super) fn things(&self, kind: &str) -> Vec<&'static Thing> {
        let world = LATER.iter().find(|world| world.label == self.world.label).unwrap();
        world.things.iter().filter(|thing| thing.kind == kind).collect()
    }

    /// CloudFormation reads the resources in the name of who looks for drift.
    pub(super) fn drift(&mut self) {
        self.on_stacks(
            &[
                "cloudformation:DetectStackDrift",
                "cloudformation:DetectStackResourceDrift",
            ],
            &plain(),
        );
        self.anywhere("cloudformation:BatchDescribeTypeConfigurations");
        let looked_at: BTreeSet<&str> = self.stacks().iter().map(|stack| stack.name.as_str()).collect();
        let role = self.world.principal(&self.run.role_end());
        for thing in self
            .world
            .things
            .iter()
            .filter(|thing| !thing.kind.is_empty() && looked_at.contains(thing.stack.as_str()))
        {
            let mut missing = Missing::new();
            works::handle(self.world, role, thing, Handler::Read, &mut missing);
            // Who looks at pull requests must not see secrets: what a secret is now is nothing that could have drifted.
            missing.retain(|line, _| line.split(' ').any(is_plain_read));
            self.missing.extend(missing);
        }
    }

    /// What an action of others does on AWS.
    fn uses(&mut self, action: &str) {
        match action {
            "aws-actions/amazon-ecr-login" => self.anywhere("ecr:GetAuthorizationToken"),
            "docker/build-push-action" if self.run.settings.get("push").is_some_and(|push| push == "true") => {
                self.on_repository(&[&PULL[..], &PUSH[..]].concat());
            }
            _ => {}
        }
        let to_registry = self
            .run
            .settings
            .get("push-to-registry")
            .is_some_and(|push| push == "true");
        if to_registry {
            self.on_repository(&[&PULL[..], &PUSH[..]].concat());
        }
    }

    fn tools(&mut self) {
        if self.run.script.contains("cosign verify") {
            self.on_repository(&PULL);
        }
        if ["cosign sign", "cosign attest", "docker push"]
            .iter()
            .any(|tool| self.run.script.contains(tool))
        {
            self.on_repository(&[&PULL[..], &PUSH[..]].concat());
        }
    }
}

pub(super) fn plain() -> Context {
    Context::default().with("aws:RequestedRegion", [REGION])
}

pub(super) fn arn(service: &str, resource: &str) -> String {
    format!("arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}")
}

/// Whether a word is an action that reads and shows no secret: the schemas list for reading what changes, too.
fn is_plain_read(word: &str) -> bool {
    let level = iam::action(word).and_then(|(_, action)| action.level);
    word != "secretsmanager:GetSecretValue" && matches!(level, Some(Level::Read | Level::List))
}

#[test]
fn the_steps_of_the_workflows_may_do_what_they_do() {
    let mut missing = Missing::new();
    let mut roles = BTreeSet::new();
    for pipeline in PIPELINES.iter() {
        for run in runs(pipeline) {
            let world = LATER.iter().find(|world| {
                world.system == pipeline.system && world.principals.iter().any(|one| one.arn == run.role)
            });
            let world = world.unwrap_or_else(|| panic!("{}: nothing makes the role {}", run.file, run.role));
            roles.insert(run.role.clone());
            let mut asks = Asks {
                pipeline,
                world,
                run: &run,
                missing: &mut missing,
            };
            for (service, command) in run.commands() {
                asks.command(service, command);
            }
            asks.tools();
            if let Some(action) = &run.uses {
                asks.uses(action);
            }
        }
    }
    known::held(include_str!("known/steps.txt"), "known/steps.txt", &missing);
    let by_hand = LATER.iter().flat_map(|world| {
        world
            .things
            .iter()
            .filter(|thing| thing.kind == "AWS::IAM::Role" && is_by_hand(&thing.stack))
    });
    let unused: Vec<&str> = by_hand
        .filter(|role| !roles.contains(&role.arn) && !role.arn.ends_with("-cloudformation"))
        .map(|role| role.arn.as_str())
        .collect();
    assert_eq!(unused, Vec::<&str>::new(), "no job assumes these");
}
