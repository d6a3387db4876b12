//! What cannot be bound to an environment, or is meant not to be, and why.

/// Whose it is that is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Other {
    Environment,
    System,
}

/// What cannot be bound to an environment, or is meant not to be, and why: on what, by which roles, and whose.
pub(super) const ALLOWED: &[(&str, &str, Other, &str)] = &[
    ("ecr:BatchGetImage", "repository", Other::Environment, ONE_REGISTRY),
    (
        "ecr:GetDownloadUrlForLayer",
        "repository",
        Other::Environment,
        ONE_REGISTRY,
    ),
    ("wafv2:AssociateWebACL", "loadbalancer/app/", Other::Environment, NO_TAG),
    (
        "wafv2:DisassociateWebACL",
        "loadbalancer/app/",
        Other::Environment,
        NO_TAG,
    ),
    (
        "iam:AddRoleToInstanceProfile",
        "instance-profile",
        Other::System,
        PROFILE,
    ),
    ("iam:TagInstanceProfile", "instance-profile", Other::System, PROFILE),
    ("cloudwatch:PutCompositeAlarm", "alarm", Other::System, ANYWHERE),
    ("ecs:DeregisterTaskDefinition", "*", Other::System, ANYWHERE),
    ("ecs:RegisterTaskDefinition", "task-definition", Other::System, ANYWHERE),
    ("elasticloadbalancing:SetWebAcl", "*", Other::System, ANYWHERE),
    ("logs:CreateLogDelivery", "*", Other::System, ANYWHERE),
    ("logs:DeleteLogDelivery", "*", Other::System, ANYWHERE),
    ("logs:PutResourcePolicy", "*", Other::System, ANYWHERE),
    ("ecs:CreateService", "network", Other::System, PLACED),
    ("ecs:RunTask", "network", Other::System, PLACED),
    ("ecs:UpdateService", "network", Other::System, PLACED),
    (
        "elasticloadbalancing:CreateLoadBalancer",
        "network",
        Other::System,
        PLACED,
    ),
    (
        "elasticloadbalancing:SetSecurityGroups",
        "network",
        Other::System,
        PLACED,
    ),
    ("elasticloadbalancing:SetSubnets", "network", Other::System, PLACED),
    ("rds:CreateDBInstance", "network", Other::System, PLACED),
    ("rds:ModifyDBInstance", "network", Other::System, PLACED),
];

const PLACED: &str =
    "IAM does not ask whose subnets, security groups and target groups are named, and their ids are not known before";

const ONE_REGISTRY: &str =
    "a system has one registry, so that what runs in one environment is what ran in the one before";
const NO_TAG: &str = "the firewall sees no tags of a balancer, and CloudFormation makes its name up from the system's";
const PROFILE: &str = "EKS makes the name up; a profile has one role, which has to be passed";
const ANYWHERE: &str = "the service takes it on `*` only";
