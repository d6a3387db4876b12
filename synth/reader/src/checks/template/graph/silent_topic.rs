use crate::checks::template::policy::Statement;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::{Resource, Template, known};

pub(super) const RULE: Rule = Rule {
    name: "silent-topic",
    why: "CloudWatch cannot publish to the topic, and an alarm does not tell that its notice was not delivered.",
    link: "https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Alerts: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: alias/aws/sns}}
  Full:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: Cars
      MetricName: Full
      ComparisonOperator: GreaterThanThreshold
      EvaluationPeriods: 1
      Period: 60
      Statistic: Maximum
      Threshold: 90
      AlarmActions: [!Ref Alerts]
",
    instead: r"
Resources:
  Alerts: {Type: AWS::SNS::Topic}
  Full:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: Cars
      MetricName: Full
      ComparisonOperator: GreaterThanThreshold
      EvaluationPeriods: 1
      Period: 60
      Statistic: Maximum
      Threshold: 90
      AlarmActions: [!Ref Alerts]
",
    check,
};

const ALARMS: &str = "cloudwatch.amazonaws.com";

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for kind in ["AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"] {
        for (template, alarm) in set.of(kind) {
            for list in ["AlarmActions", "OKActions", "InsufficientDataActions"] {
                for node in alarm.property(list).and_then(Node::list).unwrap_or_default() {
                    let target = set.target(template, node);
                    if let Some((home, topic)) = target.filter(|(_, topic)| topic.kind == "AWS::SNS::Topic") {
                        key(set, home, (topic, node), report);
                        policy(home, (topic, node), report);
                    }
                }
            }
        }
    }
}

fn key<'a>(set: &Set<'a>, home: &Template<'a>, (topic, action): (&Resource<'a>, &'a Node), report: &mut Report<'a>) {
    let Some(node) = topic.property("KmsMasterKeyId") else {
        return;
    };
    if let Some(name) = known::text(home, node).filter(|name| name.ends_with("alias/aws/sns")) {
        report
            .value(
                node,
                format!("alarms cannot use the key of AWS's own that encrypts `{}`", topic.id),
            )
            .sure(name.sure)
            .also(action, "the alarm that tells it")
            .help(
                "use a key whose policy allows `cloudwatch.amazonaws.com` to `kms:Decrypt` and `kms:GenerateDataKey*`",
            );
        return;
    }
    let Some((_, key)) = set.target(home, node).filter(|(_, key)| key.kind == "AWS::KMS::Key") else {
        return;
    };
    let Some(policy) = key.property("KeyPolicy") else {
        return;
    };
    if Statement::all(policy).is_some_and(|all| {
        !all.iter()
            .any(|statement| statement.lets_service(ALARMS, "kms:decrypt"))
    }) {
        report
            .value(
                policy,
                format!("the key of `{}` does not let CloudWatch alarms use it", topic.id),
            )
            .also(action, "the alarm that tells it")
            .help("allow `cloudwatch.amazonaws.com` to `kms:Decrypt` and `kms:GenerateDataKey*`");
    }
}

fn policy<'a>(home: &Template<'a>, (topic, action): (&Resource<'a>, &'a Node), report: &mut Report<'a>) {
    for policy in home.of("AWS::SNS::TopicPolicy") {
        let mut topics = policy
            .property("Topics")
            .and_then(Node::list)
            .unwrap_or_default()
            .iter();
        if !topics.any(|node| home.target(node).is_some_and(|of| of.id == topic.id)) {
            continue;
        }
        let Some(document) = policy.property("PolicyDocument") else {
            continue;
        };
        let Some(all) = Statement::all(document) else { continue };
        // A statement that lets everyone in under a condition may well include the alarms.
        let open = |statement: &Statement<'_>| statement.allows && statement.is_for_everyone();
        if !all
            .iter()
            .any(|statement| open(statement) || statement.lets_service(ALARMS, "sns:publish"))
        {
            report
                .value(
                    document,
                    format!("the policy of `{}` does not let CloudWatch alarms publish", topic.id),
                )
                .also(action, "the alarm that tells it")
                .help("allow `cloudwatch.amazonaws.com` to `sns:Publish`");
        }
    }
}
