//! Steps that release an image to the running service and look at it.

use super::migrate::Migrate;
use super::release::Release;
use super::shift::Shift;
use super::tasks::{Running, Tasks};
use super::{Shape, private, runs, script};
use crate::permissions::Grant;
use crate::schema::github::{Level, Scope};
use crate::workflow::right::{Place, on_stacks};
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
    /// Gives a stack another image.
    Release(Release),
    /// Brings the database up to date.
    Migrate(Migrate),
    /// Moves the traffic to a new version.
    Shift(Shift),
    /// Looks whether the image runs.
    VerifyRunning(Running),
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

impl Service {
    pub(super) fn shape(&self) -> Shape {
        match self {
            Self::RefuseOlder { stack, commit } => refuse_older(stack, commit),
            Self::Release(release) => release.shape(),
            Self::Migrate(migrate) => migrate.shape(),
            Self::Shift(shift) => shift.shape(),
            Self::VerifyRunning(running) => running.shape(),
            Self::Smoke { stack, output, paths } => smoke(stack, output, paths),
            Self::Report { tasks, log_group } => report(tasks, log_group),
        }
    }

    pub(super) fn grants(&self, inputs: &Bindings) -> Vec<Grant> {
        match self {
            Self::Release(release) => release.grants(inputs),
            Self::Migrate(migrate) => migrate.grants(inputs),
            Self::Shift(shift) => shift.grants(inputs),
            Self::VerifyRunning(running) => running.tasks.look(inputs).into(),
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

fn refuse_older(stack: &Value, commit: &Value) -> Shape {
    Shape::Runs {
        script: script!("refuse-older"),
        env: vec![
            ("COMMIT", commit.clone()),
            ("GH_TOKEN", Value::Context("github.token")),
            ("STACK", stack.clone()),
        ],
        needs: &[(Scope::Contents, Level::Read)],
    }
}

fn smoke(stack: &Value, output: &String, paths: &[String]) -> Shape {
    let settings = [
        ("OUTPUT", output.into()),
        ("PATHS", paths.join(" ").into()),
        ("STACK", stack.clone()),
    ];
    runs(script!("smoke"), settings)
}

fn report(tasks: &Tasks, log_group: &Value) -> Shape {
    let settings = [
        ("CLUSTER", tasks.cluster.clone()),
        ("LOG_GROUP", log_group.clone()),
        ("PRIVATE", private()),
        ("SERVICE", tasks.service.clone()),
    ];
    runs(script!("report-service"), settings)
}
