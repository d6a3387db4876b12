//! Steps that release an image to the running service and look at it.

use super::{Shape, runs, script};
use crate::permissions::{Condition, Grant, made_up_role};
use crate::template::Operator;
use crate::workflow::grant::{Place, on_deploy, on_stacks};
use crate::workflow::scope::{Level, Scope};
use crate::workflow::value::{Bindings, Value};

/// Releases or looks at the running service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Service {
    /// Fails if the service runs an image of a later commit.
    RefuseOlder {
        /// The stack.
        stack: Value,
        /// The commit that is released.
        commit: Value,
    },
    /// Changes the digest of a stack and nothing else: the template is the one that is deployed.
    Release {
        /// The stack.
        stack: Value,
        /// What the image is.
        digest: Value,
        /// The tag of the image, for people.
        tag: Value,
        /// What the stack needs the deployer to agree to.
        capabilities: Value,
        /// The role that CloudFormation makes resources with.
        execution_role: Value,
        /// The parameter that takes the digest.
        parameter: String,
    },
    /// Runs the task of a stack once and waits for its end; shows its log if it fails and the repository is private.
    Migrate {
        /// The stack, after which the task's family is named, too.
        stack: Value,
        /// The stack that tells in which network it runs.
        network: Value,
        /// The ECS cluster.
        cluster: Value,
        /// Where the task logs.
        log_group: Value,
    },
    /// Moves the traffic to the newest revision through CodeDeploy, whose application and group have one name.
    Shift {
        /// The application, and the group in it.
        application: Value,
        /// The family of the task definition.
        family: Value,
        /// The container that takes the traffic.
        container: Value,
        /// Its port.
        port: u16,
    },
    /// Compares the digests of the running tasks with those of an image.
    VerifyRunning {
        /// What the image is.
        digest: Value,
        /// The digests that ECS may know it by, as JSON.
        digests: Value,
        /// The tasks.
        tasks: Tasks,
        /// The container that runs the image.
        container: Value,
    },
    /// Asks the service itself.
    Smoke {
        /// The stack.
        stack: Value,
        /// Its output with the address.
        output: String,
        /// What must answer.
        paths: Vec<String>,
    },
    /// Writes why tasks stopped into the job's summary, and the last log lines where the repository is private.
    Report {
        /// The tasks.
        tasks: Tasks,
        /// Where they log.
        log_group: Value,
    },
}

/// The tasks of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tasks {
    /// The ECS cluster.
    pub cluster: Value,
    /// The ECS service.
    pub service: Value,
}

impl Service {
    pub(super) fn shape(&self) -> Shape {
        match self {
            Self::RefuseOlder { stack, commit } => Shape::Runs {
                script: script!("refuse-older"),
                env: vec![
                    ("COMMIT", commit.clone()),
                    ("GH_TOKEN", Value::Context("github.token")),
                    ("STACK", stack.clone()),
                ],
                needs: &[(Scope::Contents, Level::Read)],
            },
            Self::Release {
                stack,
                digest,
                tag,
                capabilities,
                execution_role,
                parameter,
            } => runs(
                script!("release-image"),
                [
                    ("CAPABILITIES", capabilities.clone()),
                    ("DIGEST", digest.clone()),
                    ("EXECUTION_ROLE", execution_role.clone()),
                    ("PARAMETER", parameter.into()),
                    ("STACK", stack.clone()),
                    ("TAG", tag.clone()),
                ],
            ),
            Self::Migrate {
                stack,
                network,
                cluster,
                log_group,
            } => runs(
                script!("migrate"),
                [
                    ("CLUSTER", cluster.clone()),
                    ("LOG_GROUP", log_group.clone()),
                    ("NETWORK", network.clone()),
                    ("PRIVATE", private()),
                    ("STACK", stack.clone()),
                ],
            ),
            Self::Shift {
                application,
                family,
                container,
                port,
            } => runs(
                script!("shift-traffic"),
                [
                    ("APPLICATION", application.clone()),
                    ("CONTAINER", container.clone()),
                    ("FAMILY", family.clone()),
                    ("PORT", port.to_string().into()),
                ],
            ),
            Self::VerifyRunning {
                digest,
                digests,
                tasks,
                container,
            } => runs(
                script!("verify-running"),
                [
                    ("CLUSTER", tasks.cluster.clone()),
                    ("CONTAINER", container.clone()),
                    ("DIGEST", digest.clone()),
                    ("DIGESTS", digests.clone()),
                    ("SERVICE", tasks.service.clone()),
                ],
            ),
            Self::Smoke { stack, output, paths } => runs(
                script!("smoke"),
                [
                    ("OUTPUT", output.into()),
                    ("PATHS", paths.join(" ").into()),
                    ("STACK", stack.clone()),
                ],
            ),
            Self::Report { tasks, log_group } => runs(
                script!("report-service"),
                [
                    ("CLUSTER", tasks.cluster.clone()),
                    ("LOG_GROUP", log_group.clone()),
                    ("PRIVATE", private()),
                    ("SERVICE", tasks.service.clone()),
                ],
            ),
        }
    }

    pub(super) fn grants(&self, inputs: &Bindings) -> Vec<Grant> {
        match self {
            Self::Release {
                stack, execution_role, ..
            } => {
                let (stack, role) = (stack.bind(inputs).text(), execution_role.bind(inputs).text());
                if stack.is_empty() {
                    return Vec::new();
                }
                [on_stacks(["cloudformation:GetTemplate"], [&stack])]
                    .into_iter()
                    .chain(on_deploy([&stack], &role))
                    .collect()
            }
            Self::Migrate {
                stack,
                network,
                cluster,
                log_group,
            } => {
                let of = |value: &Value| value.bind(inputs).text();
                migrate([&of(stack), &of(network)], &of(cluster), &of(log_group))
            }
            Self::Shift { application, .. } => shift(&application.bind(inputs).text()),
            Self::VerifyRunning { tasks, .. } => tasks.look(inputs).into(),
            Self::RefuseOlder { stack, .. } | Self::Smoke { stack, .. } => {
                vec![on_stacks(
                    ["cloudformation:DescribeStacks"],
                    [&stack.bind(inputs).text()],
                )]
            }
            Self::Report { tasks, log_group } => {
                let group = format!("log-group:{}:*", log_group.bind(inputs).text());
                let logs = Grant::new(["logs:FilterLogEvents"], [Place::Here.arn("logs", &group)]);
                tasks.look(inputs).into_iter().chain([logs]).collect()
            }
        }
    }
}

impl Tasks {
    fn look(&self, inputs: &Bindings) -> [Grant; 2] {
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

/// What running a task once, waiting for it and reading its log take; nothing where no stack is given.
fn migrate([stack, network]: [&str; 2], cluster: &str, log_group: &str) -> Vec<Grant> {
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
    let roles = ["ExecutionRole", "TaskRole"].map(|id| made_up_role(stack, id));
    let logs = Place::Here.arn("logs", &format!("log-group:{log_group}:*"));
    vec![
        on_stacks(["cloudformation:DescribeStacks"], [stack, network]),
        Grant::new(["ecs:RunTask"], [ecs(&format!("task-definition/{stack}:*"))]).only_if(in_cluster),
        Grant::new(["ecs:DescribeTasks"], [ecs(&format!("task/{cluster}/*"))]),
        Grant::new(["iam:PassRole"], roles).only_if(to_tasks),
        Grant::new(["logs:FilterLogEvents"], [logs]),
    ]
}

/// What `aws deploy create-deployment` and waiting for it take; nothing where no application is given.
fn shift(application: &str) -> Vec<Grant> {
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
            [arn("application", application)],
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

/// Whether not everybody can read what a job says; nothing where GitHub does not tell.
fn private() -> Value {
    Value::Context("github.event.repository.private")
}
