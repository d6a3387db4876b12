use super::facts::{Names, has_cluster};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::{Namespace, Object, Pods, is_settled};
use crate::read::template::known::Ask;

pub(super) const RULE: Rule = Rule {
    name: "missing-identity",
    why: "Pods whose settings name a secret, a bucket, a table or a queue of the templates ask AWS for it, and AWS \
          refuses whoever has no role. Where the roles of others come by pod identity, this ServiceAccount has \
          been left out.",
    link: "https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html",
    level: Level::Warning,
    family: Family::Across,
    example: r"
--- # cluster.yaml
Resources:
  Cluster:
    Type: AWS::EKS::Cluster
    Properties: {Name: shop, RoleArn: !ImportValue role, ResourcesVpcConfig: {SubnetIds: [!ImportValue subnet]}}
  Orders: {Type: AWS::SecretsManager::Secret, Properties: {Name: shop-orders}}
  Others:
    Type: AWS::EKS::PodIdentityAssociation
    Properties: {ClusterName: !Ref Cluster, Namespace: shop, ServiceAccount: others, RoleArn: !ImportValue others}
--- # orders.yaml
apiVersion: v1
kind: ServiceAccount
metadata: {name: others, namespace: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: orders, namespace: shop}
spec:
  serviceAccountName: orders
  containers: [{name: orders, image: 'example/orders:1.0', env: [{name: SECRET, value: shop-orders}]}]
",
    instead: r"
--- # cluster.yaml
Resources:
  Cluster:
    Type: AWS::EKS::Cluster
    Properties: {Name: shop, RoleArn: !ImportValue role, ResourcesVpcConfig: {SubnetIds: [!ImportValue subnet]}}
  Orders: {Type: AWS::SecretsManager::Secret, Properties: {Name: shop-orders}}
  OrdersRole:
    Type: AWS::EKS::PodIdentityAssociation
    Properties: {ClusterName: !Ref Cluster, Namespace: shop, ServiceAccount: orders, RoleArn: !ImportValue orders}
--- # orders.yaml
apiVersion: v1
kind: ServiceAccount
metadata: {name: orders, namespace: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: orders, namespace: shop}
spec:
  serviceAccountName: orders
  containers: [{name: orders, image: 'example/orders:1.0', env: [{name: SECRET, value: shop-orders}]}]
",
    check,
};

/// What pods ask AWS for by a name in their settings: the type, its name and what to call it.
const ASKED: [(&str, &str, &str); 5] = [
    ("AWS::DynamoDB::Table", "TableName", "table"),
    ("AWS::S3::Bucket", "BucketName", "bucket"),
    ("AWS::SecretsManager::Secret", "Name", "secret"),
    ("AWS::SQS::Queue", "QueueName", "queue"),
    ("AWS::SSM::Parameter", "Name", "parameter"),
];

/// Shorter values are words rather than names.
const SHORTEST: usize = 6;

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let Some(associations) = associations(set).filter(|all| has_cluster(set) && !all.is_empty()) else {
        return;
    };
    let made = ASKED.map(|(kind, property, what)| (Names::of(set, kind, property), what));
    for pods in set.manifests.pods() {
        let account = pods.account().and_then(Node::text).unwrap_or("default");
        let namespace = pods.object.namespace();
        let has = |(home, name): &(String, String)| name == account && namespace.meets(Namespace::Said(home));
        if associations.iter().any(has) || !is_settled(account) || is_annotated(set, account, namespace) {
            continue;
        }
        let asked = values(set, pods).into_iter().find_map(|value| {
            let name = value.text().filter(|name| name.len() >= SHORTEST)?;
            let found = made.iter().find_map(|(names, what)| {
                let (_, at) = names.known().find(|(known, _)| *known == name)?;
                Some((at, *what))
            });
            found.map(|(at, what)| (value, name, at, what))
        });
        let Some((value, name, at, what)) = asked else { continue };
        report
            .value(
                value,
                format!(
                    "{} names the {what} `{name}`, and its ServiceAccount `{account}` has no role on AWS",
                    pods.object.title()
                ),
            )
            .also(at, format!("the {what}"))
            .help(format!(
                "give the ServiceAccount `{account}` an AWS::EKS::PodIdentityAssociation"
            ));
    }
}

/// The namespaces and names that associations give roles to; nothing if one of them is not known.
fn associations(set: &Set<'_>) -> Option<Vec<(String, String)>> {
    let all = set.of("AWS::EKS::PodIdentityAssociation");
    let mut found = Vec::new();
    for (template, association) in all {
        let ask = Ask::of(template).across(set);
        let texts = |property| {
            association
                .property(property)
                .map(|node| ask.texts(node))
                .unwrap_or_default()
        };
        let (homes, names) = (texts("Namespace"), texts("ServiceAccount"));
        if homes.is_empty() || names.is_empty() {
            return None;
        }
        for home in &homes {
            found.extend(names.iter().map(|name| (home.to_string(), name.to_string())));
        }
    }
    Some(found)
}

/// Whether a ServiceAccount has a role of its own, or may have one that is not seen.
fn is_annotated(set: &Set<'_>, name: &str, namespace: Namespace<'_>) -> bool {
    let mut accounts = set.manifests.of("ServiceAccount");
    accounts.any(|account: Object<'_>| {
        let fits = account.name().is_none_or(|its| its == name || !is_settled(its));
        let annotations = account.dig(&["metadata", "annotations"]);
        let role = annotations.is_some_and(|all| all.get("eks.amazonaws.com/role-arn").is_some());
        fits && role && account.namespace().meets(namespace)
    })
}

/// The values of the variables of pods, those of ConfigMaps among them.
fn values<'a>(set: &Set<'a>, pods: &Pods<'a>) -> Vec<&'a Node> {
    let mut found = Vec::new();
    for container in pods.containers() {
        // Who has keys of AWS's own needs no role.
        if container
            .list("env")
            .iter()
            .any(|one| one.get("name").and_then(Node::text) == Some("AWS_ACCESS_KEY_ID"))
        {
            return Vec::new();
        }
        found.extend(container.list("env").iter().filter_map(|one| one.get("value")));
        for source in container.list("envFrom") {
            let Some(name) = source.dig(&["configMapRef", "name"]).and_then(Node::text) else {
                continue;
            };
            for map in set.manifests.named("ConfigMap", name, pods.object.namespace()) {
                let data = map.dig(&["data"]).and_then(Node::map);
                found.extend(data.into_iter().flatten().map(|entry| &entry.value));
            }
        }
    }
    found
}
