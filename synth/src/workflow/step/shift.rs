//! The step that moves the traffic to a new version.

use super::{Shape, runs, script};
use crate::permissions::Grant;
use crate::workflow::right::Place;
use crate::workflow::value::{Bindings, Value};

/// Moves the traffic to the newest revision through `CodeDeploy`, whose application and group have one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// The application, and the group in it.
    pub application: Value,
    /// The family of the task definition.
    pub family: Value,
    /// The container that takes the traffic.
    pub container: Value,
    /// Its port.
    pub port: u16,
}

impl Shift {
    pub(super) fn shape(&self) -> Shape {
        let settings = [
            ("APPLICATION", self.application.clone()),
            ("CONTAINER", self.container.clone()),
            ("FAMILY", self.family.clone()),
            ("PORT", self.port.to_string().into()),
        ];
        runs(script!("shift-traffic"), settings)
    }

    /// What `aws deploy create-deployment` and waiting for it take; nothing where no application is given.
    pub(super) fn grants(&self, inputs: &Bindings) -> Vec<Grant> {
        let application = self.application.bind(inputs).text();
        if application.is_empty() {
            return Vec::new();
        }
        let arn = |kind: &str, name: &str| Place::Here.arn("codedeploy", &format!("{kind}:{name}"));
        let group = arn("deploymentgroup", &format!("{application}/{application}"));
        vec![
            Grant::new(["codedeploy:CreateDeployment", "codedeploy:GetDeployment"], [group]),
            Grant::new(
                [
                    "codedeploy:GetApplicationRevision",
                    "codedeploy:RegisterApplicationRevision",
                ],
                [arn("application", &application)],
            ),
            Grant::new(
                ["codedeploy:GetDeploymentConfig"],
                [
                    arn("deploymentconfig", "CodeDeployDefault.ECSAllAtOnce"),
                    arn("deploymentconfig", &format!("{application}-service-*")),
                ],
            )
            .because("CloudFormation makes up the end of the configuration's name"),
            Grant::new(["ecs:DescribeTaskDefinition"], ["*"]).because("the action has no resource-level permissions"),
        ]
    }
}
