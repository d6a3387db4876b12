//! What comes into being with a resource although no template names it.

use std::collections::BTreeMap;

use synth::schema::Handler;

use super::physical::digits;
use super::resolve::{ACCOUNT, REGION, managed_secret};
use super::world::Thing;

/// Adds them behind the resources that they come with.
pub(super) fn add(things: &mut Vec<Thing>) {
    for index in 0..things.len() {
        for mut part in of(&things[index]) {
            part.label = format!("{}: {}", things[index].label, part.label);
            part.stack.clone_from(&things[index].stack);
            let next = things.len();
            things[index].parts.push(next);
            things.push(part);
        }
    }
}

fn part(label: &str, service: &str, resource: &str) -> Thing {
    Thing {
        label: label.to_owned(),
        arn: format!("arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}"),
        ..Thing::default()
    }
}

fn tagged(mut part: Thing, tags: &BTreeMap<String, String>) -> Thing {
    part.tags = tags.clone();
    part
}

fn of(thing: &Thing) -> Vec<Thing> {
    let id = |shape: &str| digits(&thing.label, shape);
    match thing.kind.as_str() {
        "AWS::RDS::DBInstance" => database(thing),
        "AWS::Logs::LogGroup" => {
            let stream = format!("log-group:{}:log-stream:service/cars/{}", thing.name, id("########"));
            vec![part("a stream", "logs", &stream)]
        }
        "AWS::EC2::SecurityGroup" => {
            let mut rule = part("a rule", "ec2", &id("security-group-rule/sgr-#################"));
            rule.made_by = vec![Handler::Create, Handler::Update];
            let interface = id("network-interface/eni-#################");
            vec![rule, part("an interface that a service made", "ec2", &interface)]
        }
        "AWS::ECS::Service" => service(thing),
        "AWS::ECS::TaskDefinition" => vec![task(thing)],
        "AWS::EKS::Cluster" => cluster(thing),
        "AWS::EKS::Nodegroup" => group_of_machines(thing),
        "AWS::S3::Bucket" => {
            let mut object = part("an object", "s3", "");
            object.arn = format!("{}/AWSLogs/{ACCOUNT}/one.log.gz", thing.arn);
            vec![object]
        }
        "AWS::ApplicationAutoScaling::ScalableTarget" => vec![alarm(thing)],
        _ => Vec::new(),
    }
}

/// What EKS makes for a cluster, and what the cluster makes for what runs in it.
fn cluster(thing: &Thing) -> Vec<Thing> {
    let id = |shape: &str| digits(&thing.label, shape);
    let name = &thing.name;
    let mut group = part("its security group", "ec2", &id("security-group/sg-#################"));
    let owned = ("kubernetes.io/cluster/".to_owned() + name, "owned".to_owned());
    group.tags = [owned, ("Name".to_owned(), format!("eks-cluster-sg-{name}-1"))].into();
    group.system_tags = [("aws:eks:cluster-name".to_owned(), name.clone())].into();
    // Where the machines are a group, the cluster makes none itself, and a controller in it makes load balancers.
    if thing.properties.get("ComputeConfig").is_none() {
        let balancer = format!("loadbalancer/app/{name}/{}", id("################"));
        return vec![
            group,
            part("the load balancer of its controller", "elasticloadbalancing", &balancer),
        ];
    }
    let mut profile = part("the profile of its machines", "iam", "");
    profile.arn = format!(
        "arn:aws:iam::{ACCOUNT}:instance-profile/eks-{REGION}-{name}-{}",
        id("##########")
    );
    profile.made_by = vec![Handler::Create];
    let made = [
        ("ec2", "instance/i-#################"),
        ("ec2", "launch-template/lt-#################"),
        ("ec2", "network-interface/eni-#################"),
        ("ec2", "security-group/sg-1################"),
        ("ec2", "volume/vol-#################"),
        ("elasticloadbalancing", "loadbalancer/app/k8s-it/################"),
        ("elasticloadbalancing", "targetgroup/k8s-it/################"),
        (
            "elasticloadbalancing",
            "listener/app/k8s-it/################/################",
        ),
    ];
    let tags = BTreeMap::from([("eks:eks-cluster-name".to_owned(), name.clone())]);
    let made = made.map(|(service, shape)| tagged(part("what it makes", service, &id(shape)), &tags));
    [group, profile].into_iter().chain(made).collect()
}

/// What EKS makes for a group of machines, tagged as its launch template says.
fn group_of_machines(thing: &Thing) -> Vec<Thing> {
    let id = |shape: &str| digits(&thing.label, shape);
    let ours = ["system", "environment"].map(|key| (key.to_owned(), thing.tags[key].clone()));
    let ours = BTreeMap::from(ours);
    let made = [
        "instance/i-#################",
        "network-interface/eni-1################",
        "volume/vol-#################",
    ];
    let made = made.map(|shape| tagged(part("a machine of it", "ec2", &id(shape)), &ours));
    made.into()
}

fn task(thing: &Thing) -> Thing {
    let id = digits(&thing.label, "################################");
    let mut task = part("a task", "ecs", &format!("task/{}/{}", family_cluster(thing), id));
    task.keys.insert(
        "ecs:cluster".into(),
        vec![format!(
            "arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/{}",
            family_cluster(thing)
        )],
    );
    task
}

fn alarm(thing: &Thing) -> Thing {
    let id = digits(&thing.label, "########-####-####-####-############");
    // `service/cluster/name` is what the alarms of its policies are named by.
    let target = thing.properties["ResourceId"].as_str().unwrap();
    let alarm = format!("alarm:TargetTracking-{target}-AlarmHigh-{id}");
    part("an alarm of its policies", "cloudwatch", &alarm)
}

/// The cluster that a task of a task definition runs in: a migration runs in the service's.
fn family_cluster(thing: &Thing) -> String {
    let family = thing.properties["Family"].as_str().unwrap();
    family.trim_end_matches("-migration").to_owned()
}

fn database(thing: &Thing) -> Vec<Thing> {
    let id = |shape: &str| digits(&thing.label, shape);
    let copied = if thing.properties["CopyTagsToSnapshot"] == true {
        thing.tags.clone()
    } else {
        BTreeMap::new()
    };
    // As the handler of AWS's provider for RDS names it.
    let last = thing.label.replace('/', "-snapshot-").to_lowercase();
    let name = &thing.name;
    let of_rds = |label: &str, resource: String, tags| tagged(part(label, "rds", &resource), tags);
    let mut snapshot = of_rds(
        "its last snapshot",
        format!("snapshot:{last}-{}", id("############")),
        &copied,
    );
    snapshot.made_by = vec![Handler::Delete];
    let daily = format!("snapshot:rds:{name}-2026-11-28-03-05");
    let mut parts = vec![
        snapshot,
        of_rds("a daily snapshot", daily, &copied),
        of_rds(
            "its backups",
            format!("auto-backup:{}", id("ab-################")),
            &thing.tags,
        ),
    ];
    if thing.properties["ManageMasterUserPassword"] == true {
        parts.push(master_secret(thing));
    }
    parts
}

fn master_secret(thing: &Thing) -> Thing {
    let mut secret = part("the secret of its master user", "secretsmanager", "");
    secret.arn = managed_secret(&thing.name);
    let system = [
        ("aws:rds:primaryDBInstanceArn", thing.arn.as_str()),
        ("aws:secretsmanager:owningService", "rds"),
    ];
    secret.system_tags = system.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    secret.made_by = vec![Handler::Create, Handler::Update];
    secret
}

fn service(thing: &Thing) -> Vec<Thing> {
    let id = |shape: &str| digits(&thing.label, shape);
    let path = thing.arn.split(":service/").nth(1).unwrap();
    let (cluster, _) = path.split_once('/').unwrap();
    let propagated = if thing.properties["PropagateTags"] == "SERVICE" {
        thing.tags.clone()
    } else {
        BTreeMap::new()
    };
    let parts = [
        tagged(
            part(
                "a task",
                "ecs",
                &format!("task/{cluster}/{}", id("################################")),
            ),
            &propagated,
        ),
        part(
            "a deployment",
            "ecs",
            &format!("service-deployment/{path}/{}", id("################")),
        ),
        part(
            "a revision",
            "ecs",
            &format!("service-revision/{path}/{}", id("################")),
        ),
    ];
    let own = parts.map(|mut part| {
        part.keys
            .insert("ecs:cluster".into(), thing.keys["ecs:cluster"].clone());
        part.keys.insert("ecs:service".into(), vec![thing.arn.clone()]);
        part
    });
    own.into()
}
