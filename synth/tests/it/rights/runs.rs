//! What runs may do what it does: tasks that start, logs that flow, deployments that shift traffic. The boundary
//! allows it too.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::condition::Context;
use super::facts::looks_at;
use super::known;
use super::policy::{Principal, Request};
use super::resolve::{ACCOUNT, REGION};
use super::sites::{FIRST, LATER};
use super::world::{Thing, World};

type Missing = BTreeMap<String, String>;

/// What somebody who has taken a role on asks for.
struct Asks<'a> {
    world: &'a World,
    role: &'a Principal,
    missing: &'a mut Missing,
}

impl Asks<'_> {
    fn ask(&mut self, action: &str, resource: &str, context: &Context) {
        let allowed = self.role.allows(Request {
            action,
            resource,
            context,
        });
        if allowed.is_none() {
            let line = format!("{action} as {}", self.role.short());
            let why = format!("{}: {} on {resource}", self.world.label, self.role.name);
            self.missing.entry(line).or_insert(why);
        }
    }

    fn on_all(&mut self, actions: &[&str], resource: &str, context: &Context) {
        for action in actions {
            self.ask(action, resource, context);
        }
    }

    /// On something that is there, whose tags IAM sees.
    fn on_thing(&mut self, actions: &[&str], thing: &Thing) {
        self.on_all(actions, &thing.arn, &seen(thing));
    }

    fn write_log(&mut self, group: &str) {
        let stream = format!("arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{group}:log-stream:one/two/3");
        let group = self
            .world
            .things
            .iter()
            .find(|thing| thing.kind == "AWS::Logs::LogGroup" && thing.name == group);
        let group = group.unwrap_or_else(|| panic!("nothing makes the log group of {stream}"));
        self.on_all(&["logs:CreateLogStream", "logs:PutLogEvents"], &stream, &seen(group));
    }
}

fn seen(thing: &Thing) -> Context {
    let (_, kind) = thing.kinds[0];
    looks_at(thing, kind)
}

fn of_kind<'a>(world: &'a World, kind: &'a str) -> impl Iterator<Item = &'a Thing> {
    world.things.iter().filter(move |thing| thing.kind == kind)
}

fn by_arn<'a>(world: &'a World, arn: &str) -> &'a Thing {
    let found = world.things.iter().find(|thing| thing.arn == arn);
    found.unwrap_or_else(|| panic!("{}: nothing makes {arn}", world.label))
}

/// Does something as the role of an ARN.
fn act(world: &World, role: &Json, missing: &mut Missing, does: impl FnOnce(&mut Asks<'_>)) {
    let arn = role.as_str().expect("the ARN of a role");
    let role = world.principals.iter().find(|one| one.arn == arn);
    let role = role.unwrap_or_else(|| panic!("{}: nothing makes {arn}", world.label));
    does(&mut Asks { world, role, missing });
}

/// ECS fetches the image, opens the log and reads the secrets, before anything of ours runs.
fn start(world: &World, definition: &Thing, missing: &mut Missing) {
    act(world, &definition.properties["ExecutionRoleArn"], missing, |asks| {
        for container in definition.properties["ContainerDefinitions"].as_array().unwrap() {
            asks.ask("ecr:GetAuthorizationToken", "*", &plain());
            let image = container["Image"].as_str().unwrap();
            let name = image.split(['@', ':']).next().unwrap().split_once('/').unwrap().1;
            let repository = format!("arn:aws:ecr:{REGION}:{ACCOUNT}:repository/{name}");
            // The registry stands in another environment's stack, or has tags of its own: none are counted on.
            let pulls = [
                "ecr:BatchCheckLayerAvailability",
                "ecr:BatchGetImage",
                "ecr:GetDownloadUrlForLayer",
            ];
            asks.on_all(&pulls, &repository, &plain());
            if let Some(group) = container["LogConfiguration"]["Options"]["awslogs-group"].as_str() {
                asks.write_log(group);
            }
            for secret in container["Secrets"].as_array().into_iter().flatten() {
                read_secret(asks, secret["ValueFrom"].as_str().unwrap());
            }
        }
    });
}

fn plain() -> Context {
    Context::default().with("aws:RequestedRegion", [REGION])
}

/// A secret with all that it needs: its value, and the key that it is encrypted with.
fn read_secret(asks: &mut Asks<'_>, value_from: &str) {
    let arn = value_from.splitn(8, ':').take(7).collect::<Vec<_>>().join(":");
    let world = asks.world;
    let secret = by_arn(world, &arn);
    asks.on_thing(&["secretsmanager:GetSecretValue"], secret);
    // The key of a database's own secret stands in the properties of the database.
    let owner = world
        .things
        .iter()
        .find(|thing| thing.parts.iter().any(|at| world.things[*at].arn == arn));
    let key = match owner {
        Some(database) => &database.properties["MasterUserSecret"]["KmsKeyId"],
        None => &secret.properties["KmsKeyId"],
    };
    if let Some(key) = key.as_str() {
        let key = by_arn(world, key);
        let context = seen(key)
            .with("kms:ViaService", [format!("secretsmanager.{REGION}.amazonaws.com")])
            .with("kms:CallerAccount", [ACCOUNT])
            .with("kms:EncryptionContext:SecretARN", [arn.as_str()])
            .with("kms:EncryptionContextKeys", ["SecretARN", "SecretVersionId"]);
        asks.ask("kms:Decrypt", &key.arn, &context);
    }
}

/// The network and the machine of the database write logs.
fn watch(world: &World, missing: &mut Missing) {
    for flow in of_kind(world, "AWS::EC2::FlowLog").filter(|flow| flow.properties["LogDestinationType"] != "s3") {
        act(world, &flow.properties["DeliverLogsPermissionArn"], missing, |asks| {
            let destination = flow.properties["LogDestination"].as_str();
            let name = destination.map(|arn| arn.split(":log-group:").nth(1).unwrap().trim_end_matches(":*"));
            asks.write_log(name.or(flow.properties["LogGroupName"].as_str()).unwrap());
        });
    }
    for database in of_kind(world, "AWS::RDS::DBInstance").filter(|one| one.properties["MonitoringRoleArn"].is_string())
    {
        act(world, &database.properties["MonitoringRoleArn"], missing, |asks| {
            let group = format!("arn:aws:logs:{REGION}:{ACCOUNT}:log-group:RDSOSMetrics:log-stream:");
            asks.on_all(&["logs:CreateLogGroup", "logs:PutRetentionPolicy"], &group, &plain());
            let stream = format!("{group}db-ABCDEFGHIJKL");
            asks.on_all(
                &["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
                &stream,
                &plain(),
            );
        });
    }
}

/// What looks at the traffic before it moves it.
const LOOKS: [&str; 3] = [
    "elasticloadbalancing:DescribeListeners",
    "elasticloadbalancing:DescribeRules",
    "elasticloadbalancing:DescribeTargetGroups",
];

/// ECS moves the traffic from one set of tasks to the other.
fn shift_by_ecs(world: &World, missing: &mut Missing) {
    for service in of_kind(world, "AWS::ECS::Service") {
        for balancer in service.properties["LoadBalancers"].as_array().into_iter().flatten() {
            let role = &balancer["AdvancedConfiguration"]["RoleArn"];
            if role.is_null() {
                continue;
            }
            act(world, role, missing, |asks| {
                asks.on_all(&LOOKS, "*", &plain());
                asks.ask("elasticloadbalancing:DescribeTargetHealth", "*", &plain());
                for group in of_kind(world, "AWS::ElasticLoadBalancingV2::TargetGroup") {
                    asks.on_thing(
                        &[
                            "elasticloadbalancing:RegisterTargets",
                            "elasticloadbalancing:DeregisterTargets",
                        ],
                        group,
                    );
                }
                let shifted = balancer["AdvancedConfiguration"]["ProductionListenerRule"]
                    .as_str()
                    .unwrap();
                let action = if shifted.contains(":listener-rule/") {
                    "ModifyRule"
                } else {
                    "ModifyListener"
                };
                asks.on_thing(&[&format!("elasticloadbalancing:{action}")], by_arn(world, shifted));
            });
        }
    }
}

/// `CodeDeploy` does.
fn shift_by_code_deploy(world: &World, missing: &mut Missing) {
    for group in of_kind(world, "AWS::CodeDeploy::DeploymentGroup") {
        act(world, &group.properties["ServiceRoleArn"], missing, |asks| {
            asks.on_all(&LOOKS, "*", &plain());
            for service in of_kind(world, "AWS::ECS::Service") {
                asks.on_thing(&["ecs:DescribeServices"], service);
                let task_set = format!(
                    "{}/ecs-svc/1234567890123456789",
                    service.arn.replace(":service/", ":task-set/")
                );
                let changes = [
                    "ecs:CreateTaskSet",
                    "ecs:DeleteTaskSet",
                    "ecs:UpdateServicePrimaryTaskSet",
                ];
                asks.on_all(&changes, &task_set, &seen(service));
                asks.on_thing(&["ecs:UpdateServicePrimaryTaskSet"], service);
            }
            let pairs = &group.properties["LoadBalancerInfo"]["TargetGroupPairInfoList"][0];
            let listener = pairs["ProdTrafficRoute"]["ListenerArns"][0].as_str().unwrap();
            asks.on_thing(&["elasticloadbalancing:ModifyListener"], by_arn(world, listener));
            for rule in of_kind(world, "AWS::ElasticLoadBalancingV2::ListenerRule") {
                asks.on_thing(&["elasticloadbalancing:ModifyRule"], rule);
            }
            for definition in of_kind(world, "AWS::ECS::TaskDefinition") {
                for name in ["TaskRoleArn", "ExecutionRoleArn"] {
                    let role = by_arn(world, definition.properties[name].as_str().unwrap());
                    let passed = seen(role).with("iam:PassedToService", ["ecs-tasks.amazonaws.com"]);
                    asks.ask("iam:PassRole", &role.arn, &passed);
                }
            }
        });
    }
}

#[test]
fn what_runs_may_do_what_it_does() {
    let mut missing = Missing::new();
    for world in FIRST.iter().chain(LATER.iter()) {
        for definition in of_kind(world, "AWS::ECS::TaskDefinition") {
            start(world, definition, &mut missing);
        }
        watch(world, &mut missing);
        shift_by_ecs(world, &mut missing);
        shift_by_code_deploy(world, &mut missing);
    }
    known::held(include_str!("known/runs.txt"), "known/runs.txt", &missing);
}
