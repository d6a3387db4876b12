use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::Template;
use crate::read::template::known::{self, Hole, Piece, Shape};

pub(super) const RULE: Rule = Rule {
    name: "malformed-secret-arn",
    why: "A part of a secret is named by `ARN:key:stage:version` with all of its colons: otherwise ECS starts no task (`unexpected ARN format with parameters`).",
    link: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Memory: '512'
      ExecutionRoleArn: arn:aws:iam::123456789012:role/start
      ContainerDefinitions:
        - Name: app
          Image: example/app:1.0
          User: '1000'
          ReadonlyRootFilesystem: true
          Secrets:
            - {Name: WORD, ValueFrom: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:app-a1B2c3:word'}
",
    instead: r"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Memory: '512'
      ExecutionRoleArn: arn:aws:iam::123456789012:role/start
      ContainerDefinitions:
        - Name: app
          Image: example/app:1.0
          User: '1000'
          ReadonlyRootFilesystem: true
          Secrets:
            - {Name: WORD, ValueFrom: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:app-a1B2c3:word::'}
",
    check,
};

/// Where containers, and what builds, are told of secrets.
const PLACES: [(&str, &str); 3] = [
    ("AWS::ECS::TaskDefinition", "ContainerDefinitions/*/Secrets/*/ValueFrom"),
    (
        "AWS::ECS::TaskDefinition",
        "ContainerDefinitions/*/LogConfiguration/SecretOptions/*/ValueFrom",
    ),
    ("AWS::Batch::JobDefinition", "ContainerProperties/Secrets/*/ValueFrom"),
];

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for place in PLACES.iter().flat_map(|(kind, path)| set.at(kind, path)) {
        let Some(shape) = known::shape(place.template, place.node) else {
            continue;
        };
        if behind(place.template, &shape).is_some_and(|colons| colons != 0 && colons != 3) {
            report
                .value(place.node, format!("`{shape}` has not all of its colons"))
                .sure(shape.sure)
                .help("a key of a secret is `ARN:key::`, a version of it `ARN:key:stage:version`");
        }
    }
}

/// How many colons stand behind the ARN of a secret, if all that is put in there is known to have none.
fn behind(template: &Template<'_>, shape: &Shape<'_>) -> Option<usize> {
    let kind = |name: &str| template.resource(name).map(|resource| resource.kind);
    let (before, rest) = match shape.pieces() {
        [Piece::Hole(Hole::Name(name)), rest @ ..] if kind(name) == Some("AWS::SecretsManager::Secret") => (0, rest),
        all if shape.start().starts_with("arn:aws") => (6, all),
        _ => return None,
    };
    let mut text = String::new();
    for piece in rest {
        match piece {
            Piece::Text(part) => text.push_str(part),
            Piece::Hole(Hole::Name("AWS::Partition" | "AWS::Region" | "AWS::AccountId")) => text.push('x'),
            Piece::Hole(_) => return None,
        }
    }
    if before > 0 && text.split(':').nth(2) != Some("secretsmanager") {
        return None;
    }
    text.matches(':').count().checked_sub(before)
}
