//! What IAM is asked for when a script calls the AWS CLI.

use super::condition::Context;
use super::facts::looks_at;
use super::steps::{Asks, arn, plain};

impl Asks<'_> {
    /// What a command of the AWS CLI asks for.
    pub(super) fn command(&mut self, service: &str, command: &str) {
        match (service, command) {
            ("cloudformation", "deploy") => self.deploy(),
            // Only an environment that is kept is protected.
            ("cloudformation", "update-termination-protection") if self.run.settings["KEEPING"] != "kept" => {}
            ("cloudformation", "wait") => self.on_stacks(&["cloudformation:DescribeChangeSet"], &self.change_set()),
            ("cloudformation", "describe-stack-drift-detection-status") => {
                self.anywhere("cloudformation:DescribeStackDriftDetectionStatus");
            }
            ("cloudformation", "detect-stack-drift") => self.drift(),
            ("cloudformation", _) => self.on_stacks(&[&name(service, command)], &self.change_set()),
            ("ecr", _) => self.on_repository(&[&name(service, command)]),
            ("ecs", "list-tasks") => self.ask("ecs:ListTasks", "*", &self.cluster(plain())),
            ("ecs", "describe-tasks" | "wait") => {
                let cluster = self.run.settings["CLUSTER"].clone();
                self.ask(
                    "ecs:DescribeTasks",
                    &arn("ecs", &format!("task/{cluster}/0123456789abcdef")),
                    &self.cluster(plain()),
                );
            }
            ("ecs", "run-task") => self.migrate(),
            ("ecs", "describe-task-definition") => self.anywhere("ecs:DescribeTaskDefinition"),
            ("logs", "filter-log-events") => {
                let group = arn(
                    "logs",
                    &format!("log-group:{}:log-stream:", self.run.settings["LOG_GROUP"]),
                );
                self.ask("logs:FilterLogEvents", &group, &plain());
            }
            ("deploy", "create-deployment") => self.code_deploy(),
            ("deploy", "wait") => {
                self.on_code_deploy(&["codedeploy:GetDeployment"], "AWS::CodeDeploy::DeploymentGroup");
            }
            ("eks", "update-kubeconfig") => {
                let cluster = arn("eks", &format!("cluster/{}", self.run.settings["CLUSTER"]));
                self.ask("eks:DescribeCluster", &cluster, &plain());
            }
            ("elbv2", _) => self.anywhere(&name("elasticloadbalancing", command)),
            ("sts", "get-caller-identity") => {}
            _ => panic!("say in tests/it/rights/steps.rs what `aws {service} {command}` asks for"),
        }
    }

    /// A change set as the script makes or reads it.
    fn change_set(&self) -> Context {
        let given = self
            .run
            .settings
            .get("CHANGE_SET")
            .map(|name| name.replace("${{ github.run_id }}", "123456"));
        plain().with("cloudformation:ChangeSetName", given)
    }

    fn deploy(&mut self) {
        let role = self.run.settings["EXECUTION_ROLE"].clone();
        let made = plain().with("cloudformation:RoleArn", [role.as_str()]).with(
            "cloudformation:ChangeSetName",
            ["awscli-cloudformation-package-deploy-1"],
        );
        self.on_stacks(&["cloudformation:CreateChangeSet"], &made);
        let others = [
            "DescribeChangeSet",
            "DescribeStacks",
            "ExecuteChangeSet",
            "GetTemplateSummary",
        ];
        self.on_stacks(
            &others
                .map(|name| format!("cloudformation:{name}"))
                .each_ref()
                .map(String::as_str),
            &plain(),
        );
        let passed = plain().with("iam:PassedToService", ["cloudformation.amazonaws.com"]);
        self.ask("iam:PassRole", &role, &passed);
    }

    fn cluster(&self, context: Context) -> Context {
        context.with(
            "ecs:cluster",
            [arn("ecs", &format!("cluster/{}", self.run.settings["CLUSTER"]))],
        )
    }

    fn migrate(&mut self) {
        for definition in self
            .things("AWS::ECS::TaskDefinition")
            .into_iter()
            .filter(|one| one.stack.ends_with("-migration"))
        {
            let seen = looks_at(definition, definition.kinds[0].1);
            self.ask("ecs:RunTask", &definition.arn, &self.cluster(seen));
            for role in ["TaskRoleArn", "ExecutionRoleArn"] {
                let passed = plain().with("iam:PassedToService", ["ecs-tasks.amazonaws.com"]);
                self.ask("iam:PassRole", definition.properties[role].as_str().unwrap(), &passed);
            }
        }
    }

    fn code_deploy(&mut self) {
        self.on_code_deploy(&["codedeploy:CreateDeployment"], "AWS::CodeDeploy::DeploymentGroup");
        self.on_code_deploy(&["codedeploy:GetDeploymentConfig"], "AWS::CodeDeploy::DeploymentConfig");
        let revisions = [
            "codedeploy:GetApplicationRevision",
            "codedeploy:RegisterApplicationRevision",
        ];
        self.on_code_deploy(&revisions, "AWS::CodeDeploy::Application");
    }

    fn on_code_deploy(&mut self, actions: &[&str], kind: &str) {
        for thing in self.things(kind) {
            for action in actions {
                self.ask(action, &thing.arn, &looks_at(thing, thing.kinds[0].1));
            }
        }
    }
}

/// `describe-stacks` of `cloudformation` is the permission `cloudformation:DescribeStacks`.
fn name(service: &str, command: &str) -> String {
    let words = command.split('-').map(|word| word[..1].to_uppercase() + &word[1..]);
    format!("{service}:{}", words.collect::<String>())
}
