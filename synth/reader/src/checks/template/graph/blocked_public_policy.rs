use crate::checks::template::policy_document::statements;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::branch::values;
use crate::read::template::known::{self, Sure};
use crate::read::template::{Resource, Template};

pub(super) const RULE: Rule = Rule {
    name: "blocked-public-policy",
    why: "A bucket that blocks public policies refuses one (`Access Denied`), and each new bucket does so unless it says otherwise.",
    link: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Site:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: {PublicAccessBlockConfiguration: {BlockPublicPolicy: true}}
  Everyone:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Site
      PolicyDocument:
        Version: '2012-10-17'
        Statement: [{Effect: Allow, Principal: '*', Action: 's3:GetObject', Resource: !Sub '${Site.Arn}/*'}]
",
    instead: r"
Resources:
  Site:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: {PublicAccessBlockConfiguration: {BlockPublicPolicy: false}}
  Everyone:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Site
      PolicyDocument:
        Version: '2012-10-17'
        Statement: [{Effect: Allow, Principal: '*', Action: 's3:GetObject', Resource: !Sub '${Site.Arn}/*'}]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, policy) in set.of("AWS::S3::BucketPolicy") {
        let bucket = policy.property("Bucket").and_then(|node| template.target(node));
        let Some(bucket) = bucket.filter(|bucket| bucket.kind == "AWS::S3::Bucket") else {
            continue;
        };
        let document = policy.property("PolicyDocument");
        let Some((level, sure)) = blocks(template, bucket) else {
            continue;
        };
        for statement in document.into_iter().flat_map(statements).filter(|node| is_public(node)) {
            report
                .value(
                    statement,
                    format!("`{}` blocks policies that let everybody in", bucket.id),
                )
                .level(level)
                .sure(sure)
                .also(bucket.entry, "the bucket")
                .help("name who may, or set `BlockPublicPolicy` of the bucket to false");
        }
    }
}

/// How surely a bucket blocks public policies: where it says nothing of it, because it is new.
fn blocks<'a>(template: &Template<'a>, bucket: &Resource<'a>) -> Option<(Level, Sure)> {
    let Some(block) = bucket.property("PublicAccessBlockConfiguration") else {
        return Some((Level::Warning, Sure::Written));
    };
    let on = known::boolean(template, block.get("BlockPublicPolicy")?)?;
    on.value.then_some((Level::Error, on.sure))
}

/// What a condition narrows may be public or not, and is not judged.
fn is_public(statement: &Node) -> bool {
    let everybody = |node: &Node| {
        let of_aws = node.get("AWS").map(values).unwrap_or_default();
        node.text() == Some("*") || of_aws.iter().any(|one| one.text() == Some("*"))
    };
    let allows = statement.get("Effect").and_then(Node::text) == Some("Allow");
    allows && statement.get("Condition").is_none() && statement.get("Principal").is_some_and(everybody)
}
