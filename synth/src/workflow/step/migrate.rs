//! The step that brings the database up to date.

use super::{Shape, private, runs, script};
use crate::permissions::{Condition, Grant, made_up_role};
use crate::template::Operator;
use crate::workflow::right::{Place, on_stacks};
use crate::workflow::value::{Bindings, Value};

/// Runs the task of a stack once and waits for its end; shows its log if it fails and the repository is private.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migrate {
    /// The stack, after which the task's family is named, too.
    pub stack: Value,
    /// The stack that tells in which network it runs.
    pub network: Value,
    /// The ECS cluster.
    pub cluster: Value,
    /// Where the task logs.
    pub log_group: Value,
}

impl Migrate {
    pub(super) fn shape(&self) -> Shape {
        let settings = [
            ("CLUSTER", self.cluster.clone()),
            ("LOG_GROUP", self.log_group.clone()),
            ("NETWORK", self.network.clone()),
            ("PRIVATE", private()),
            ("STACK", self.stack.clone()),
        ];
        runs(script!("migrate"), settings)
    }

    /// What running a task once, waiting for it and reading its log take; nothing where no stack is given.
    pub(super) fn grants(&self, inputs: &Bindings) -> Vec<Grant> {
        let of = |value: &Value| value.bind(inputs).text();
        let [stack, network, cluster, log_group] = [&self.stack, &self.network, &self.cluster, &self.log_group].map(of);
        if stack.is_empty() {
            return Vec::new();
        }
        let ecs = |resource: &str| Place::Here.arn("ecs", resource);
        let in_cluster = Condition::new(Operator::ArnEquals, "ecs:cluster", [ecs(&format!("cluster/{cluster}"))]);
        let to_tasks = Condition::new(
            Operator::StringEquals,
            "iam:PassedToService",
            ["ecs-tasks.amazonaws.com"],
        );
        let roles = ["ExecutionRole", "TaskRole"].map(|id| made_up_role(&stack, id));
        let logs = Place::Here.arn("logs", &format!("log-group:{log_group}:*"));
        vec![
            on_stacks(["cloudformation:DescribeStacks"], [&stack, &network]),
            Grant::new(["ecs:RunTask"], [ecs(&format!("task-definition/{stack}:*"))]).only_if(in_cluster),
            Grant::new(["ecs:DescribeTasks"], [ecs(&format!("task/{cluster}/*"))]),
            Grant::new(["iam:PassRole"], roles).only_if(to_tasks),
            Grant::new(["logs:FilterLogEvents"], [logs]),
        ]
    }
}
