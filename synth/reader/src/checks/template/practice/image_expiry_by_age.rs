use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::known;

pub(super) const RULE: Rule = Rule {
    name: "image-expiry-by-age",
    why: "An image that runs for long is old: a rule by age deletes it, and the next task cannot start.",
    link: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html",
    level: Level::Warning,
    family: Family::Practice,
    example: r#"
Resources:
  Images:
    Type: AWS::ECR::Repository
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      ImageTagMutability: IMMUTABLE
      LifecyclePolicy:
        LifecyclePolicyText: |
          {"rules": [{
            "rulePriority": 1, "action": {"type": "expire"},
            "selection": {
              "tagStatus": "any", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 30
          }}]}
"#,
    instead: r#"
Resources:
  Images:
    Type: AWS::ECR::Repository
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      ImageTagMutability: IMMUTABLE
      LifecyclePolicy:
        LifecyclePolicyText: |
          {"rules": [{
            "rulePriority": 1, "action": {"type": "expire"},
            "selection": {
              "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 30
          }}]}
"#,
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, repository) in set.of("AWS::ECR::Repository") {
        let Some(node) = repository.dig(&["LifecyclePolicy", "LifecyclePolicyText"]) else {
            continue;
        };
        let Some(text) = known::text(template, node) else {
            continue;
        };
        let Ok(policy) = serde_json::from_str::<serde_json::Value>(&text) else {
            report
                .value(node, "the lifecycle policy is not JSON")
                .level(Level::Error)
                .sure(text.sure);
            continue;
        };
        let rules = policy.get("rules").and_then(serde_json::Value::as_array);
        for selection in rules.into_iter().flatten().filter_map(|rule| rule.get("selection")) {
            let is = |key: &str, value: &str| selection.get(key).and_then(serde_json::Value::as_str) == Some(value);
            if is("countType", "sinceImagePushed") && !is("tagStatus", "untagged") {
                report
                    .value(node, format!("`{}` deletes tagged images by their age", repository.id))
                    .help("keep a number of them: `countType: imageCountMoreThan`");
            }
        }
    }
}
