use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "duplicate-key",
    why: "Of two equal keys in one map the first is lost without a word.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 30
      VisibilityTimeout: 300
",
    instead: r"
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 300
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for template in &set.templates {
        for duplicate in &template.document.duplicates {
            let first = duplicate.first.line;
            let message = format!("`{}` stands here again; line {first} has it first", duplicate.key);
            report
                .spot(&template.document.root, duplicate.again, message)
                .also((&template.document.root, duplicate.first), "the first, which is lost")
                .help("remove one of the two: only the last counts");
        }
    }
}
