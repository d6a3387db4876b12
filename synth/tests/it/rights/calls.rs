//! What IAM is asked when a handler of CloudFormation calls an action.

use std::collections::BTreeMap;

use synth::schema::Handler;
use synth::schema::iam::{Action, Level, ResourceKind};

use super::condition::Context;
use super::facts::{brings_tags, looks_at, takes};
use super::resolve::{ACCOUNT, REGION};
use super::world::{Thing, World};

/// One question to IAM.
pub(super) struct Asked {
    pub(super) resource: String,
    pub(super) context: Context,
    /// In which state the resource is then.
    pub(super) when: &'static str,
}

/// A call of a handler.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    pub(super) world: &'a World,
    pub(super) thing: &'a Thing,
    pub(super) handler: Handler,
    /// With its prefix.
    pub(super) name: &'a str,
    pub(super) action: &'a Action,
}

/// All that IAM is asked for one call: each resource of it, in each state in which it can be. What a resource neither
/// is nor names nor brings along it does not act on.
pub(super) fn questions(call: Call<'_>) -> Vec<Asked> {
    if call.action.resources.is_empty() {
        return anywhere(call);
    }
    if call.name == "iam:CreateServiceLinkedRole" {
        return service_linked(call.thing);
    }
    let all = &call.world.things;
    let named = call.thing.refers.iter().map(|at| &all[*at]);
    // Tags are read and set of the resource itself, not of what it names.
    let named = named.filter(|_| !call.is_about_tags());
    let near: Vec<&Thing> = std::iter::once(call.thing).chain(parts(call)).chain(named).collect();
    let prefix = call.name.split(':').next().unwrap();
    let taken = |thing: &&Thing| thing.kind_in(prefix).is_some_and(|kind| takes(call.action, kind));
    let mut found: Vec<&Thing> = near.iter().copied().filter(taken).collect();
    if found.is_empty() {
        let far = near.iter().flat_map(|thing| &thing.refers).map(|at| &all[*at]);
        found = far.filter(taken).collect();
    }
    let mut all: Vec<Asked> = found.into_iter().flat_map(|target| on(call, target)).collect();
    if ["rds:CreateDBInstance", "rds:ModifyDBInstance"].contains(&call.name) {
        // Without a group of its own a database has the default one, which IAM is asked about as well.
        all.push(Asked {
            resource: format!("arn:aws:rds:{REGION}:{ACCOUNT}:og:default:mysql-8-4"),
            context: plain(),
            when: "on the default option group",
        });
    }
    all
}

/// The by-products that a call can be on: what a service makes for itself it also tags itself.
fn parts(call: Call<'_>) -> impl Iterator<Item = &Thing> {
    let all = call.thing.parts.iter().map(|at| &call.world.things[*at]);
    all.filter(move |part| match (call.is_about_tags(), call.is_creating()) {
        (false, false) => true,
        (true, _) if part.tags.is_empty() && part.system_tags.is_empty() => false,
        _ => part.made_by.contains(&call.handler),
    })
}

impl Call<'_> {
    fn is_about_tags(self) -> bool {
        self.action.level == Some(Level::Tagging) || self.action.name.to_ascii_lowercase().contains("tag")
    }

    /// Whether its name says that something is made. `PutKeyPolicy` and the like change what is there; a `Put` that
    /// makes something can bring its tags.
    fn is_creating(self) -> bool {
        let name = &self.action.name;
        let creates = ["Create", "Allocate", "Register", "Run", "Authorize", "Subscribe"];
        creates.iter().any(|start| name.starts_with(start)) || (name.starts_with("Put") && brings_tags(self.action))
    }
}

/// Tags as a request brings them.
fn brought(mut context: Context, tags: &BTreeMap<String, String>) -> Context {
    context.set("aws:TagKeys", tags.keys().map(String::as_str));
    for (key, value) in tags {
        context.set(&format!("aws:RequestTag/{key}"), [value.as_str()]);
        context.set(&format!("rds:req-tag/{key}"), [value.as_str()]);
    }
    context
}

fn plain() -> Context {
    Context::default()
        .with("aws:RequestedRegion", [REGION])
        .with("ec2:Region", [REGION])
}

fn anywhere(call: Call<'_>) -> Vec<Asked> {
    let tags = brings_tags(call.action) && !call.thing.tags.is_empty();
    let (context, when) = if tags {
        (brought(plain(), &call.thing.tags), "on anything, with tags")
    } else {
        (plain(), "on anything")
    };
    vec![Asked {
        resource: "*".into(),
        context: besides(call, None, context),
        when,
    }]
}

fn on(call: Call<'_>, target: &Thing) -> Vec<Asked> {
    let prefix = call.name.split(':').next().unwrap();
    let kind = target.kind_in(prefix).unwrap();
    let own = std::ptr::eq(call.thing, target);
    let tagging = call.action.level == Some(Level::Tagging);
    let untags = tagging
        && ["Untag", "Remove", "DeleteTags"]
            .iter()
            .any(|start| call.action.name.starts_with(start));
    let mut all = if makes(call, target, own) && !untags {
        where_made(prefix, kind, target, tagging)
    } else {
        let there = looks_at(target, kind);
        match (untags, tagging) {
            (true, _) => vec![(there.with("aws:TagKeys", ["team"]), "where it takes a tag away")],
            (_, true) => where_tagged(there, target),
            _ => vec![(there, if own { "on what is there" } else { "on what it names" })],
        }
    };
    if target.kind == "AWS::KMS::Key" && own {
        // The alias is made after the key and deleted before it.
        let without =
            |(context, when): &(Context, &'static str)| (context.clone().without("kms:ResourceAliases"), *when);
        all = all.iter().map(without).collect();
    }
    let arns = arns(call, target, tagging);
    let ask = |(context, when): &(Context, &'static str)| {
        let context = besides(call, Some(target), context.clone());
        arns.iter()
            .map(move |arn| Asked {
                resource: arn.clone(),
                context: context.clone(),
                when,
            })
            .collect::<Vec<_>>()
    };
    all.iter().flat_map(ask).collect()
}

/// What IAM sees of what a call makes.
fn where_made(prefix: &str, kind: &ResourceKind, target: &Thing, tagging: bool) -> Vec<(Context, &'static str)> {
    let created = creator(prefix, &kind.name);
    let mut all = vec![(brought(plain(), &target.tags), "where it makes it and tags it at once")];
    if tagging {
        let as_made = brought(plain(), &target.tags).with(&format!("{prefix}:CreateAction"), [created]);
        all.push((as_made, "where making it tags it"));
    } else if is_tagged_later(&target.kind) || target.tags.is_empty() {
        all.push((plain(), "where it makes it and tags it later"));
    }
    all
}

/// What IAM sees where a call tags what is there.
fn where_tagged(there: Context, target: &Thing) -> Vec<(Context, &'static str)> {
    let one = BTreeMap::from([("team".to_owned(), "quotes".to_owned())]);
    vec![
        (brought(there.clone(), &one), "where it adds a tag"),
        (brought(there, &target.tags), "where it sets all tags again"),
    ]
}

/// The ARN that the service asks IAM about.
fn arns(call: Call<'_>, target: &Thing, tagging: bool) -> Vec<String> {
    let is_group = target.kind == "AWS::Logs::LogGroup";
    if is_group && !tagging && call.action.name != "ListTagsForResource" {
        return vec![format!("{}:log-stream:", target.arn)];
    }
    vec![target.arn.clone()]
}

/// Whether a call makes what it is on, or tags it while it is made.
fn makes(call: Call<'_>, target: &Thing, own: bool) -> bool {
    if !own {
        // What comes with a resource is made by its calls; what they read is there.
        return target.made_by.contains(&call.handler) && (call.is_about_tags() || call.is_creating());
    }
    // The rules of a security group are added to the group, which is there by then.
    let creating = call.is_creating() && !call.action.name.starts_with("Authorize");
    call.handler == Handler::Create && (call.action.level == Some(Level::Tagging) || creating)
}

/// Types that CloudFormation tags in a call of its own: EC2's (its coverage roadmap, issue 714) and secrets (AWS
/// Organizations, "Example SCPs for tagging resources"). The schemas say of all that they are tagged as they are made.
fn is_tagged_later(kind: &str) -> bool {
    kind.starts_with("AWS::EC2::") || kind == "AWS::SecretsManager::Secret"
}

/// What services call the action that makes a kind, in `ec2:CreateAction`.
fn creator(prefix: &str, kind: &str) -> String {
    let camel = |text: &str| {
        text.split('-')
            .map(|word| {
                let mut letters = word.chars();
                letters
                    .next()
                    .map(|first| first.to_ascii_uppercase())
                    .into_iter()
                    .chain(letters)
                    .collect::<String>()
            })
            .collect::<String>()
    };
    match (prefix, kind) {
        ("ec2", "elastic-ip") => "AllocateAddress".into(),
        ("ec2", "natgateway") => "CreateNatGateway".into(),
        ("ec2", "vpc-flow-log") => "CreateFlowLogs".into(),
        ("ecs", "task-definition") => "RegisterTaskDefinition".into(),
        ("elasticloadbalancing", "listener-rule/app") => "CreateRule".into(),
        ("elasticloadbalancing", "targetgroup") => "CreateTargetGroup".into(),
        ("elasticloadbalancing", "loadbalancer/app/") => "CreateLoadBalancer".into(),
        (_, kind) => format!("Create{}", camel(kind.split('/').next().unwrap())),
    }
}

/// Keys of a request besides tags.
fn besides(call: Call<'_>, target: Option<&Thing>, mut context: Context) -> Context {
    context.set("kms:CallerAccount", [ACCOUNT]);
    context.set(
        "iam:PermissionsBoundary",
        call.thing.properties["PermissionsBoundary"].as_str(),
    );
    if target.is_some_and(|target| !target.made_by.is_empty() && target.arn.contains(":secret:")) {
        // RDS makes the secret of a database with the rights of who makes the database.
        context.set("aws:ViaAWSService", ["true"]);
        context.set("aws:CalledVia", ["rds.amazonaws.com"]);
    }
    match call.name {
        "iam:PassRole" => {
            let trusted =
                target.map(|role| &role.properties["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]["Service"]);
            context.set("iam:PassedToService", trusted.and_then(|service| service.as_str()));
        }
        "iam:AttachRolePolicy" | "iam:DetachRolePolicy" => {
            let policies = call.thing.properties["ManagedPolicyArns"].as_array();
            context.set("iam:PolicyARN", policies.and_then(|all| all[0].as_str()));
        }
        "kms:CreateGrant" => context.set("kms:GrantIsForAWSResource", ["true"]),
        _ => {}
    }
    if matches!(call.name, "kms:CreateGrant" | "kms:Decrypt" | "kms:GenerateDataKey") {
        // These the service does with the rights of CloudFormation; a database's secret is made by RDS.
        let service = match (call.thing.kind.as_str(), call.name) {
            ("AWS::RDS::DBInstance", "kms:CreateGrant") => "rds",
            ("AWS::RDS::DBInstance", _) => "secretsmanager",
            (kind, _) => &kind.split("::").nth(1).unwrap().to_ascii_lowercase(),
        };
        context.set("kms:ViaService", [format!("{service}.{REGION}.amazonaws.com")]);
    }
    context
}

/// The role of a service's own that has to be there for a type.
fn service_linked(thing: &Thing) -> Vec<Asked> {
    let of: &[&str] = match thing.kind.as_str() {
        "AWS::ECS::Cluster" => &["ecs.amazonaws.com"],
        "AWS::EKS::Cluster" => &["eks.amazonaws.com"],
        "AWS::EKS::Nodegroup" => &["eks-nodegroup.amazonaws.com"],
        "AWS::ElasticLoadBalancingV2::LoadBalancer" => &["elasticloadbalancing.amazonaws.com"],
        "AWS::RDS::DBInstance"
        | "AWS::RDS::DBParameterGroup"
        | "AWS::RDS::DBSubnetGroup"
        | "AWS::RDS::EventSubscription" => &["rds.amazonaws.com"],
        "AWS::ApplicationAutoScaling::ScalableTarget" => &["ecs.application-autoscaling.amazonaws.com"],
        "AWS::WAFv2::LoggingConfiguration" => &["wafv2.amazonaws.com"],
        other => panic!("{other}: say in tests/it/rights/works.rs which service-linked role it asks for"),
    };
    let all = of.iter().map(|service| Asked {
        resource: format!("arn:aws:iam::{ACCOUNT}:role/aws-service-role/{service}/AWSServiceRoleForIt"),
        context: plain().with("iam:AWSServiceName", [*service]),
        when: "for the service",
    });
    all.collect()
}
