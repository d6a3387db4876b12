use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "deletable-data",
    why: "Without both policies a renamed or replaced resource takes its data with it.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
Resources:
  Cars:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
",
    instead: r"
Resources:
  Cars:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
",
    check,
};

const STATEFUL: [&str; 8] = [
    "AWS::DocDB::DBCluster",
    "AWS::DynamoDB::GlobalTable",
    "AWS::DynamoDB::Table",
    "AWS::EFS::FileSystem",
    "AWS::Neptune::DBCluster",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance",
    "AWS::Redshift::Cluster",
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for resource in set.templates.iter().flat_map(|template| &template.resources) {
        // The data of an instance in a cluster is the cluster's.
        let member = resource.property("DBClusterIdentifier").is_some() && resource.kind == "AWS::RDS::DBInstance";
        if !STATEFUL.contains(&resource.kind) || member {
            continue;
        }
        let kept = |name: &str| {
            resource
                .attribute(name)
                .is_some_and(|node| node.text() != Some("Delete"))
        };
        let lacks: Vec<&str> = ["DeletionPolicy", "UpdateReplacePolicy"]
            .into_iter()
            .filter(|name| !kept(name))
            .collect();
        if !lacks.is_empty() {
            report
                .key(
                    resource.heading(),
                    format!(
                        "`{}` has no {} that keeps its data",
                        resource.id,
                        lacks.join(" and no ")
                    ),
                )
                .help("set both to `Retain` or, where there are snapshots, to `Snapshot`");
        }
    }
}
