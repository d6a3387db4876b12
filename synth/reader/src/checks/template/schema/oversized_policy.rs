use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::function;
use crate::read::{Kind, Node};

pub(super) const RULE: Rule = Rule {
    name: "oversized-policy",
    why: "IAM takes 6,144 characters in a managed policy and 10,240 in all inline policies of a role, white space aside.",
    link: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Reader:
    Type: AWS::IAM::User
    Properties:
      Policies:
        - PolicyName: cars
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              Effect: Allow
              Action: dynamodb:GetItem
              Resource:
                - arn:aws:dynamodb:eu-west-1:123456789012:table/cars-of-amsterdam-by-registration-number
                - arn:aws:dynamodb:eu-west-1:123456789012:table/cars-of-athens-by-registration-number
                - arn:aws:dynamodb:eu-west-1:123456789012:table/cars-of-barcelona-by-registration-number
                - arn:aws:dynamodb:eu-west-1:123456789012:table/cars-of-berlin-by-registration-number
                - arn:aws:dynamodb:eu-west-1:123456789012:table/cars-of-bordeaux-by-registration-number
                - arn:aws:dynamodb:eu-west-1:123456789012:table/cars-of-brussels-by-registration-number
                - arn:aws:dynamodb:eu-west-1:123456789012:table/cars-of-bucharest-by-registration-number
                - arn:aws:dynamodb:eu-west-1:123456789012:table/cars-of-budapest-by-registration-number
                - arn:aws:dynamodb:eu-west-1:123456789012:table/cars-of-copenhagen-by-registration-number
                - arn:aws:dynamodb:eu-west-1:123456789012:table/cars-of-dublin-by-registration-number
                - arn:aws:dynamodb:eu-west-1:123456789012:table/cars-of-florence-by-registration-number
                - arn:aws:dynamodb:eu-west-1:123456789012:table/cars-of-frankfurt-by-registration-number
                - arn:aws:dynamodb:eu-west-1:123456789012:table/cars-of-geneva-by-registration-number
                - arn:aws:dynamodb:eu-west-1:123456789012:table/cars-of-hamburg-by-registration-number
                - arn:aws:dynamodb:eu-west-1:123456789012:table/cars-of-helsinki-by-registration-number
                - arn:aws:dynamodb:eu-west-1:123456789012:table/cars-of-lisbon-by-registration-number
                - arn:aws:dynamodb:eu-west-1:123456789012:table/cars-of-ljubljana-by-registration-number
                - arn:aws:dynamodb:eu-west-1:123456789012:table/cars-of-london-by-registration-number
                - arn:aws:dynamodb:eu-west-1:123456789012:table/cars-of-luxembourg-by-registration-number
                - arn:aws:dynamodb:eu-west-1:123456789012:table/cars-of-madrid-by-registration-number
                - arn:aws:dynamodb:eu-west-1:123456789012:table/cars-of-marseille-by-registration-number
                - arn:aws:dynamodb:eu-west-1:123456789012:table/cars-of-milan-by-registration-number
                - arn:aws:dynamodb:eu-west-1:123456789012:table/cars-of-munich-by-registration-number
",
    instead: r"
Resources:
  Reader:
    Type: AWS::IAM::User
    Properties:
      Policies:
        - PolicyName: cars
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              Effect: Allow
              Action: dynamodb:GetItem
              Resource: arn:aws:dynamodb:eu-west-1:123456789012:table/cars-of-*
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (kind, most) in [
        ("AWS::IAM::ManagedPolicy", 6_144),
        ("AWS::IAM::Role", 10_240),
        ("AWS::IAM::Group", 5_120),
        ("AWS::IAM::User", 2_048),
    ] {
        for (_, resource) in set.of(kind) {
            let one = resource.property("PolicyDocument");
            let many = resource.property("Policies").and_then(Node::list).unwrap_or_default();
            let inline = many.iter().filter_map(|policy| policy.get("PolicyDocument"));
            let documents: Vec<&Node> = one.into_iter().chain(inline).collect();
            let size: usize = documents.iter().map(|document| least(document)).sum();
            if size > most {
                let Some(first) = documents.first() else { continue };
                let several = if documents.len() > 1 {
                    "the policies have"
                } else {
                    "the policy has"
                };
                report.value(first, format!("{several} {size} characters; the most is {most}"));
            }
        }
    }
}

/// The characters that a document has at least: those of functions are not counted.
fn least(node: &Node) -> usize {
    match &node.kind {
        _ if function::of(node).is_some() => 0,
        Kind::Map(map) => {
            let entries = map.iter().map(|entry| entry.key.len() + 4 + least(&entry.value));
            entries.sum::<usize>() + 1
        }
        Kind::List(items) => items.iter().map(|item| least(item) + 1).sum::<usize>() + 1,
        Kind::Text(text) => text.chars().filter(|character| !character.is_whitespace()).count() + 2,
        _ => node.scalar().map_or(0, |text| text.len()),
    }
}
