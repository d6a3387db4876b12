//! Steps that look at the tasks of a service.

use super::{Shape, runs, script};
use crate::permissions::{Condition, Grant};
use crate::template::Operator;
use crate::workflow::right::Place;
use crate::workflow::value::{Bindings, Value};

/// The tasks of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tasks {
    /// The ECS cluster.
    pub cluster: Value,
    /// The ECS service.
    pub service: Value,
}

/// Compares the digests of the running tasks with those of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    /// What the image is.
    pub digest: Value,
    /// The digests that ECS may know it by, as JSON.
    pub digests: Value,
    /// The tasks.
    pub tasks: Tasks,
    /// The container that runs the image.
    pub container: Value,
}

impl Tasks {
    pub(super) fn look(&self, inputs: &Bindings) -> [Grant; 2] {
        let cluster = self.cluster.bind(inputs).text();
        let arn = Place::Here.arn("ecs", &format!("cluster/{cluster}"));
        let tasks = Place::Here.arn("ecs", &format!("task/{cluster}/*"));
        [
            Grant::new(["ecs:ListTasks"], ["*"])
                .only_if(Condition::new(Operator::ArnEquals, "ecs:cluster", [arn]))
                .because("IAM takes container instances here, which Fargate has none of; the cluster is a condition"),
            Grant::new(["ecs:DescribeTasks"], [tasks]),
        ]
    }
}

impl Running {
    pub(super) fn shape(&self) -> Shape {
        let settings = [
            ("CLUSTER", self.tasks.cluster.clone()),
            ("CONTAINER", self.container.clone()),
            ("DIGEST", self.digest.clone()),
            ("DIGESTS", self.digests.clone()),
            ("SERVICE", self.tasks.service.clone()),
        ];
        runs(script!("verify-running"), settings)
    }
}
