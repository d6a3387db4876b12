//! What actions do, and which keys IAM sees of what they are on.

use synth::schema::iam::{Action, Level, ResourceKind};

use super::condition::Context;
use super::resolve::{ACCOUNT, REGION};
use super::world::Thing;

/// Reads that show what somebody stored, not how it is stored: IAM calls them `Read` as it does `DescribeKey`.
/// Contents of secrets, parameters, objects, tables, queues, logs, images, and commands in what runs.
const SHOWS_DATA: &[&str] = &[
    "dynamodb:batchgetitem",
    "dynamodb:getitem",
    "dynamodb:getrecords",
    "dynamodb:query",
    "dynamodb:scan",
    "ecr:batchgetimage",
    "ecr:getdownloadurlforlayer",
    "logs:filterlogevents",
    "logs:getlogevents",
    "logs:getlogrecord",
    "logs:getqueryresults",
    "logs:startlivetail",
    "logs:startquery",
    "logs:unmask",
    "rds:downloadcompletedblogfile",
    "rds:downloaddblogfileportion",
    "s3:getobject",
    "s3:getobjectversion",
    "s3:getobjecttorrent",
    "secretsmanager:batchgetsecretvalue",
    "secretsmanager:getsecretvalue",
    "sqs:receivemessage",
    "ssm:getparameter",
    "ssm:getparameterhistory",
    "ssm:getparameters",
    "ssm:getparametersbypath",
];

/// What a call makes anew, with an id that AWS chooses, so that it can be nothing of another environment's.
pub(super) const MAKES: &[(&str, &str)] = &[
    ("ec2:allocateaddress", "elastic-ip"),
    ("ec2:authorizesecuritygroupegress", "security-group-rule"),
    ("ec2:authorizesecuritygroupingress", "security-group-rule"),
    ("ec2:createfleet", "fleet"),
    ("ec2:createfleet", "instance"),
    ("ec2:createfleet", "volume"),
    ("ec2:createflowlogs", "vpc-flow-log"),
    ("ec2:createinternetgateway", "internet-gateway"),
    ("ec2:createlaunchtemplate", "launch-template"),
    ("ec2:createnatgateway", "natgateway"),
    ("ec2:createnetworkinterface", "network-interface"),
    ("ec2:createroutetable", "route-table"),
    ("ec2:createsecuritygroup", "security-group"),
    ("ec2:createsubnet", "subnet"),
    ("ec2:createvpc", "vpc"),
    ("ec2:createvolume", "volume"),
    ("ec2:createvpcendpoint", "vpc-endpoint"),
    ("ec2:runinstances", "instance"),
    ("ec2:runinstances", "network-interface"),
    ("ec2:runinstances", "volume"),
    ("eks:createcluster", "*"),
    ("elasticloadbalancing:createlistener", "listener/app"),
    ("elasticloadbalancing:createloadbalancer", "loadbalancer/app/"),
    ("elasticloadbalancing:createrule", "listener-rule/app"),
    ("elasticloadbalancing:createtargetgroup", "targetgroup"),
    ("iam:createinstanceprofile", "instance-profile"),
    ("kms:createkey", "*"),
    ("secretsmanager:createsecret", "secret"),
];

/// Whether an action can be narrowed to a kind: the sources do not agree on the case of `Secret`.
pub(super) fn takes(action: &Action, kind: &ResourceKind) -> bool {
    action
        .resources
        .iter()
        .any(|name| name.eq_ignore_ascii_case(&kind.name))
}

/// Whether an action changes something, shows data, or uses a key.
pub(super) fn matters(name: &str, action: &Action) -> bool {
    match action.level {
        Some(Level::Write | Level::Tagging | Level::PermissionsManagement) => true,
        Some(Level::Read | Level::List) => SHOWS_DATA.contains(&name),
        // No source says: its name does.
        None => !["get", "list", "describe"]
            .iter()
            .any(|start| action.name.starts_with(start)),
    }
}

/// Whether a request of an action can bring tags along.
pub(super) fn brings_tags(action: &Action) -> bool {
    let keys = action
        .conditions
        .iter()
        .any(|key| key.starts_with("aws:RequestTag/") || key == "aws:TagKeys");
    keys || action.level == Some(Level::Tagging) || action.depends_on.iter().any(|other| other == "ec2:CreateTags")
}

/// The keys that look at a thing, as one who asks for it finds them. IAM sees its tags only where its kind has them.
pub(super) fn looks_at(thing: &Thing, kind: &ResourceKind) -> Context {
    let mut context = Context::default()
        .with("aws:RequestedRegion", [REGION])
        .with("aws:ResourceAccount", [ACCOUNT]);
    for key in &kind.conditions {
        let Some(start) = key.strip_suffix("${TagKey}") else {
            continue;
        };
        if !start.contains("RequestTag") && !start.contains("req-tag") {
            for (tag, value) in thing.all_tags() {
                context.set(&format!("{start}{tag}"), [value.as_str()]);
            }
        }
    }
    for (key, values) in &thing.keys {
        context.set(key, values.iter().map(String::as_str));
    }
    context
}
