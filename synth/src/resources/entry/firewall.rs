//! The web application firewall before the load balancer.

use super::way::Way;
use crate::aws::{kms, wafv2};
use crate::model::Firewall;
use crate::resources::log_group;
use crate::resources::place::Place;
use crate::template::{Error, Handle, LogicalId, Node, Template, ToNode, Value, sub};

/// AWS's managed rule groups: addresses of ill repute first, since they cost least to refuse.
const MANAGED: [(&str, &str); 3] = [
    ("reputation", "AWSManagedRulesAmazonIpReputationList"),
    ("known-bad-inputs", "AWSManagedRulesKnownBadInputsRuleSet"),
    ("common", "AWSManagedRulesCommonRuleSet"),
];

/// The firewall, before the load balancer if it is there already.
pub(crate) fn expand(
    place: Place<'_>,
    template: &mut Template,
    way: Option<&Way>,
    key: &Handle<kms::Key>,
) -> Result<Option<Handle<wafv2::WebAcl>>, Error> {
    let Firewall::On {
        requests_in_five_minutes: limit,
    } = place.environment.firewall()
    else {
        return Ok(None);
    };
    let allow = wafv2::DefaultAction {
        allow: Some(wafv2::AllowAction::new().into()),
        ..wafv2::DefaultAction::new()
    };
    let acl = wafv2::WebAcl {
        description: Some(
            "Common attacks, known bad inputs, addresses of ill repute, and too many requests from one address".into(),
        ),
        name: Some(place.prefix().into()),
        rules: Some(rules(limit).into()),
        ..wafv2::WebAcl::new(allow, wafv2::Scope::Regional, visibility(&place.prefix()))
    };
    let acl = template.add(LogicalId::new("", "Firewall"), &acl)?;
    if let Some(way) = way {
        let association = wafv2::WebAclAssociation::new(way.load_balancer.arn().text(), acl.arn());
        template.add(LogicalId::new("firewall", "Association"), &association)?;
    }
    logs(place, template, &acl, key)?;
    Ok(Some(acl))
}

/// What the firewall decides is logged, without what identifies who asks.
fn logs(
    place: Place<'_>,
    template: &mut Template,
    acl: &Handle<wafv2::WebAcl>,
    key: &Handle<kms::Key>,
) -> Result<(), Error> {
    let name = log_group::of_firewall(place);
    let group = template.add_with(
        LogicalId::new("firewall", "LogGroup"),
        &log_group::kept(place, &name, key),
        place.holding_data(),
    )?;
    // WAF takes the ARN of a log group without the `:*` that its attribute ends with.
    let arn = sub(
        "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${group}",
        &[("group", &group.name())],
    );
    let field = |name: &str| wafv2::LoggingConfigurationFieldToMatch {
        single_header: Some(wafv2::LoggingConfigurationFieldToMatchSingleHeader::new(name).into()),
        ..wafv2::LoggingConfigurationFieldToMatch::new()
    };
    let logging = wafv2::LoggingConfiguration {
        redacted_fields: Some(["authorization", "cookie"].map(field).into()),
        ..wafv2::LoggingConfiguration::new([arn], acl.arn())
    };
    template.add(LogicalId::new("firewall", "Logging"), &logging)?;
    Ok(())
}

/// Rules of the managed groups that only count. `SizeRestrictions_BODY` refuses bodies of more than 8 KiB, which a batch
/// of instances is; the service has limits of its own, and the other rules still look into the first 8 KiB
/// (AWS WAF developer guide, "Baseline rule groups" and "Oversize web request components").
const COUNTED: [(&str, &str); 1] = [("AWSManagedRulesCommonRuleSet", "SizeRestrictions_BODY")];

/// The managed groups count in the order of their price; the limit comes last.
fn rules(limit: u32) -> Vec<wafv2::Rule> {
    let nothing_else = || wafv2::OverrideAction {
        none: Some(empty()),
        ..wafv2::OverrideAction::new()
    };
    let managed = (0_i64..).zip(MANAGED).map(|(priority, (role, group))| wafv2::Rule {
        override_action: Some(nothing_else().into()),
        ..rule(role, priority, managed(group))
    });
    let block = wafv2::RuleAction {
        block: Some(wafv2::BlockAction::new().into()),
        ..wafv2::RuleAction::new()
    };
    let rate = wafv2::Rule {
        action: Some(block.into()),
        ..rule("too-many-requests", 3, rate(limit))
    };
    managed.chain([rate]).collect()
}

fn rule(role: &str, priority: i64, statement: wafv2::Statement) -> wafv2::Rule {
    wafv2::Rule::new(role, priority, statement, visibility(role))
}

fn managed(group: &str) -> wafv2::Statement {
    let count = || wafv2::RuleAction {
        count: Some(wafv2::CountAction::new().into()),
        ..wafv2::RuleAction::new()
    };
    let counted = COUNTED.iter().filter(|(name, _)| *name == group);
    let counted: Vec<_> = counted
        .map(|(_, rule)| wafv2::RuleActionOverride::new(count(), *rule))
        .collect();
    let statement = wafv2::ManagedRuleGroupStatement {
        rule_action_overrides: (!counted.is_empty()).then(|| counted.into()),
        ..wafv2::ManagedRuleGroupStatement::new(group, "AWS")
    };
    wafv2::Statement {
        managed_rule_group_statement: Some(statement.into()),
        ..wafv2::Statement::new()
    }
}

fn rate(limit: u32) -> wafv2::Statement {
    wafv2::Statement {
        rate_based_statement: Some(
            wafv2::RateBasedStatement::new(wafv2::RateBasedStatementAggregateKeyType::Ip, limit).into(),
        ),
        ..wafv2::Statement::new()
    }
}

fn visibility(metric: &str) -> wafv2::VisibilityConfig {
    wafv2::VisibilityConfig::new(true, metric, true)
}

/// `{}`: the action is there and has nothing to say.
fn empty() -> Value<Node> {
    let none: Vec<(String, Node)> = Vec::new();
    Value::of(Node::map(none).to_node())
}
