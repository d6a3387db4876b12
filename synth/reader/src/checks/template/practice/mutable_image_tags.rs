use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::known;

pub(super) const RULE: Rule = Rule {
    name: "mutable-image-tags",
    why: "Whoever may push can put other code behind a tag that was reviewed.",
    link: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html",
    level: Level::Warning,
    family: Family::Practice,
    example: r"
Resources:
  Images:
    Type: AWS::ECR::Repository
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
",
    instead: r"
Resources:
  Images:
    Type: AWS::ECR::Repository
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: {ImageTagMutability: IMMUTABLE}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, repository) in set.of("AWS::ECR::Repository") {
        let node = repository.property("ImageTagMutability");
        let mutable =
            node.is_none_or(|node| known::text(template, node).is_some_and(|text| text.starts_with("MUTABLE")));
        if mutable {
            let draft = match node {
                Some(node) => report.value(node, format!("the tags of `{}` can be moved", repository.id)),
                None => report.key(
                    repository.heading(),
                    format!("the tags of `{}` can be moved", repository.id),
                ),
            };
            draft.help("set `ImageTagMutability` to `IMMUTABLE`");
        }
    }
}
