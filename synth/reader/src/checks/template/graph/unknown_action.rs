use crate::checks::template::policy::matches;
use crate::checks::template::policy_document as document;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::branch::values;
use crate::read::template::known;
use crate::schema::iam;

pub(super) const RULE: Rule = Rule {
    name: "unknown-action",
    why: "An action that does not exist allows nothing, and denies nothing: what was meant stays as it is.",
    link: "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    level: Level::Warning,
    family: Family::Graph,
    example: r"
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - {Effect: Allow, Action: 's3:GetObjects', Resource: 'arn:aws:s3:::pictures/*'}
",
    instead: r"
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - {Effect: Allow, Action: 's3:GetObject', Resource: 'arn:aws:s3:::pictures/*'}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, statement) in document::every_statement(set) {
        let named = ["Action", "NotAction"]
            .into_iter()
            .filter_map(|name| statement.get(name));
        for node in named.flat_map(values) {
            let Some(text) = known::text(template, node) else {
                continue;
            };
            if let Some(help) = unknown(&text) {
                report.value(node, format!("no action of AWS is `{text}`")).help(help);
            }
        }
    }
}

/// What to say of an action that no service has; services that are not known are taken to have it.
fn unknown(text: &str) -> Option<String> {
    let (prefix, action) = text.split_once(':')?;
    let service = iam::service(&prefix.to_ascii_lowercase())?;
    let wild = action.contains(['*', '?']);
    let pattern = action.to_ascii_lowercase();
    let exists = if wild {
        let mut actions = service.actions.iter();
        actions.any(|known| matches(&pattern, &known.name.to_ascii_lowercase()))
    } else {
        service.action(action).is_some()
    };
    if exists || action.is_empty() {
        return None;
    }
    Some(match service.nearest_action(action) {
        Some(near) => format!("did you mean `{prefix}:{near}`?"),
        None => format!("`{prefix}` has no action of this name"),
    })
}
