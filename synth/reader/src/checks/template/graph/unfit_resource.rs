use std::borrow::Cow;

use crate::checks::template::policy_document::statements;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::branch::values;
use crate::read::template::known::{self, Hole, Piece, Shape};
use crate::read::template::{Resource, Template};
use crate::schema::iam;

pub(super) const RULE: Rule = Rule {
    name: "unfit-resource",
    why: "S3 refuses a policy of a bucket that names another bucket (`Policy has invalid resource`), or a statement of which an action fits none of its resources: `s3:GetObject` is asked of objects, `s3:ListBucket` of the bucket.",
    link: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Pictures: {Type: AWS::S3::Bucket, DeletionPolicy: Retain, UpdateReplacePolicy: Retain}
  Access:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Pictures
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {AWS: '123456789012'}
            Action: s3:GetObject
            Resource: !GetAtt Pictures.Arn
",
    instead: r"
Resources:
  Pictures: {Type: AWS::S3::Bucket, DeletionPolicy: Retain, UpdateReplacePolicy: Retain}
  Access:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Pictures
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {AWS: '123456789012'}
            Action: s3:GetObject
            Resource: !Sub '${Pictures.Arn}/*'
",
    check,
};

/// What an ARN of S3 names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    Bucket,
    Object,
}

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, policy) in set.of("AWS::S3::BucketPolicy") {
        let document = policy.property("PolicyDocument");
        let bucket = policy.property("Bucket").and_then(|node| template.target(node));
        let bucket = bucket.filter(|bucket| bucket.kind == "AWS::S3::Bucket");
        for statement in document.into_iter().flat_map(statements) {
            let resources = statement.get("Resource").map(values).unwrap_or_default();
            actions(template, statement, &resources, report);
            for node in resources {
                if let Some(bucket) = bucket.filter(|bucket| is_foreign(template, bucket, node)) {
                    report
                        .value(
                            node,
                            format!("the policy of `{}` can only be about that bucket", bucket.id),
                        )
                        .also(bucket.entry, "the bucket")
                        .help(format!("write `${{{}.Arn}}` in `Fn::Sub`", bucket.id));
                }
            }
        }
    }
}

fn actions<'a>(template: &Template<'a>, statement: &Node, resources: &[&'a Node], report: &mut Report<'a>) {
    let named: Option<Vec<Named>> = resources.iter().map(|node| named(template, node)).collect();
    let Some(named) = named.filter(|named| !named.is_empty()) else {
        return;
    };
    let Some(first) = resources.first() else { return };
    for action in statement.get("Action").map(values).unwrap_or_default() {
        let Some(text) = action.text().filter(|text| !text.contains(['*', '?'])) else {
            continue;
        };
        let Some((_, known)) = iam::action(text).filter(|_| text.to_ascii_lowercase().starts_with("s3:")) else {
            continue;
        };
        let wants = |word: &str| known.resources.iter().any(|kind| kind.eq_ignore_ascii_case(word));
        let (bucket, object) = (wants("bucket"), wants("object"));
        let fits = |one: &Named| (*one == Named::Bucket && bucket) || (*one == Named::Object && object);
        if (bucket || object) && !named.iter().any(fits) {
            let of = if bucket { "the bucket" } else { "objects" };
            report
                .value(
                    first,
                    format!("`{text}` is asked of {of}, and the statement names none"),
                )
                .help("`ARN/*` stands for the objects of a bucket");
        }
    }
}

/// What the ARN of a resource names, if that is certain.
fn named<'a>(template: &Template<'a>, node: &'a Node) -> Option<Named> {
    let text = flat(template, &known::shape(template, node)?.value)?;
    let inside = text.strip_prefix(BEGINS)?;
    let (bucket, object) = inside
        .split_once('/')
        .map_or((inside, None), |(bucket, key)| (bucket, Some(key)));
    let wild = bucket.contains(['*', '?']);
    (!wild).then_some(if object.is_some() { Named::Object } else { Named::Bucket })
}

const BEGINS: &str = "arn:aws:s3:::";

/// The text of an ARN, with names of one's own for buckets of the template, as far as what is put in has no slashes.
fn flat<'a>(template: &Template<'a>, shape: &Shape<'a>) -> Option<String> {
    let is_bucket = |name: &str| template.resource(name).is_some_and(|it| it.kind == "AWS::S3::Bucket");
    let mut text = String::new();
    for piece in shape.pieces() {
        let part = match piece {
            Piece::Text(part) => part.clone(),
            Piece::Hole(Hole::Name("AWS::Partition")) => Cow::Borrowed("aws"),
            Piece::Hole(Hole::Name("AWS::AccountId" | "AWS::Region" | "AWS::StackName")) => Cow::Borrowed("x"),
            Piece::Hole(Hole::Attribute(name, "Arn")) if is_bucket(name) => Cow::Owned(format!("{BEGINS}${name}")),
            Piece::Hole(Hole::Name(name)) if is_bucket(name) => Cow::Owned(format!("${name}")),
            // What is put in behind the first slash is the name of an object, whatever it is.
            Piece::Hole(_) if text.contains('/') => Cow::Borrowed("x"),
            Piece::Hole(_) => return None,
        };
        text.push_str(&part);
    }
    Some(text)
}

/// Whether an ARN certainly names another bucket than one of the template.
fn is_foreign<'a>(template: &Template<'a>, bucket: &Resource<'a>, node: &'a Node) -> bool {
    let named = |node: &'a Node| {
        let shape = known::shape(template, node).filter(|shape| shape.sure == known::Sure::Written)?;
        flat(template, &shape)
    };
    let Some(text) = named(node) else { return false };
    let Some(inside) = text.strip_prefix(BEGINS) else {
        return false;
    };
    let name = inside.split('/').next().unwrap_or(inside);
    if name.contains(['*', '?']) || name == format!("${}", bucket.id) {
        return false;
    }
    match bucket.property("BucketName") {
        // Of a name with parts that only a deployment knows, nothing is said.
        Some(own) => {
            let own = known::text(template, own).filter(|own| own.sure == known::Sure::Written);
            !name.contains('$')
                && own.is_some_and(|own| own != name)
                && known::shape(template, node).is_some_and(|shape| !shape.is_open())
        }
        None => name.contains('$') || known::shape(template, node).is_some_and(|shape| !shape.is_open()),
    }
}
