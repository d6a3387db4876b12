//! What calls of AWS's that several steps make take.

use super::pipeline::{Kept, Registry};
use crate::permissions::{Condition, Grant};
use crate::template::Operator;

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

pub(super) fn on_repository(actions: impl IntoIterator<Item = &'static str>, registry: &Registry) -> Grant {
    let repository = format!("repository/{}", registry.repository);
    Grant::new(actions, [Place::Registry(registry).arn("ecr", &repository)])
}

/// Nothing of AWS's where the image is kept elsewhere.
pub(super) fn on_kept(actions: impl IntoIterator<Item = &'static str>, kept: &Kept) -> Option<Grant> {
    match kept {
        Kept::InEcr(registry) => Some(on_repository(actions, registry)),
        Kept::OnDockerHub(_) => None,
    }
}

pub(super) fn on_stacks<S: AsRef<str>>(
    actions: impl IntoIterator<Item = &'static str>,
    stacks: impl IntoIterator<Item = S>,
) -> Grant {
    // The last part is an identifier that CloudFormation makes up.
    let arn = |stack: S| Place::Here.arn("cloudformation", &format!("stack/{}/*", stack.as_ref()));
    Grant::new(actions, stacks.into_iter().map(arn))
}

/// What `aws cloudformation deploy --role-arn` does. Without the execution role a change set is refused, so that no
/// stack is ever made with the rights of the caller.
pub(super) fn on_deploy<S: AsRef<str>>(
    stacks: impl IntoIterator<Item = S> + Clone,
    execution_role: &str,
) -> [Grant; 3] {
    let run = [
        "cloudformation:DescribeChangeSet",
        "cloudformation:DescribeStacks",
        "cloudformation:ExecuteChangeSet",
        "cloudformation:GetTemplateSummary",
    ];
    let passed = Condition::new(
        Operator::StringEquals,
        "iam:PassedToService",
        ["cloudformation.amazonaws.com"],
    );
    let made_by = Condition::new(Operator::StringEquals, "cloudformation:RoleArn", [execution_role]);
    [
        on_stacks(run, stacks.clone()),
        on_stacks(["cloudformation:CreateChangeSet"], stacks)
            .only_if(made_by)
            .only_if(without_imports()),
        Grant::new(["iam:PassRole"], [execution_role]).only_if(passed),
    ]
}

/// That a change set takes nothing into a stack that is there already: with it a template could reach what another
/// environment or system has.
pub(super) fn without_imports() -> Condition {
    Condition::new(Operator::Null, "cloudformation:ImportResourceTypes", ["true"])
}
