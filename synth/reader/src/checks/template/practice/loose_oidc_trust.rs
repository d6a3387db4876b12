use crate::checks::template::policy::{Statement, trusts};
use crate::checks::template::policy_document;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::known::{Shape, Sure};
use crate::read::template::{Template, known};
use crate::schema::github::claim::{CLAIMS, ISSUER, OF_REPOSITORY};

pub(super) const RULE: Rule = Rule {
    name: "loose-oidc-trust",
    why: "A role that trusts GitHub without the audience and the exact repository can be assumed from other repositories' workflows.",
    link: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html",
    level: Level::Error,
    family: Family::Practice,
    example: r"
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com'}
            Action: sts:AssumeRoleWithWebIdentity
            Condition: {StringEquals: {'token.actions.githubusercontent.com:aud': sts.amazonaws.com}}
",
    instead: r"
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com'}
            Action: sts:AssumeRoleWithWebIdentity
            Condition:
              StringEquals:
                token.actions.githubusercontent.com:aud: sts.amazonaws.com
                token.actions.githubusercontent.com:sub: repo:example/app:ref:refs/heads/main
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, _, statement) in trusts(set) {
        if let Some(sure) = federated(set, template, &statement).filter(|_| statement.allows) {
            audience(template, &statement, sure, report);
            subject(template, &statement, sure, report);
        }
    }
}

/// Whether a statement trusts in GitHub, and how surely.
fn federated<'a>(set: &Set<'a>, template: &Template<'a>, statement: &Statement<'a>) -> Option<Sure> {
    let node = statement.node.dig(&["Principal", "Federated"])?;
    if let Some(shape) = known::shape(template, node).filter(|shape| shape.has(ISSUER)) {
        return Some(shape.sure);
    }
    let target = set
        .target(template, node)
        .filter(|(_, target)| target.kind == "AWS::IAM::OIDCProvider");
    let (home, provider) = target?;
    let url = known::text(home, provider.property("Url")?)?;
    url.contains(ISSUER).then_some(url.sure)
}

fn audience<'a>(template: &Template<'a>, statement: &Statement<'a>, sure: Sure, report: &mut Report<'a>) {
    if statement.conditions(template, &format!("{ISSUER}:aud")).is_empty() {
        report
            .value(statement.node, "the trust in GitHub names no audience")
            .sure(sure)
            .help(format!("add `StringEquals: {{\"{ISSUER}:aud\": sts.amazonaws.com}}`"));
    }
}

fn subject<'a>(template: &Template<'a>, statement: &Statement<'a>, sure: Sure, report: &mut Report<'a>) {
    let subjects = statement.conditions(template, &format!("{ISSUER}:sub"));
    // A claim that no token has lets nobody in.
    let narrow = |claim: &str| OF_REPOSITORY.contains(&claim) || !CLAIMS.contains(&claim);
    let narrowed = policy_document::conditions(statement.node).into_iter().any(|(_, key)| {
        let claim = key.key.strip_prefix(ISSUER).and_then(|rest| rest.strip_prefix(':'));
        claim.is_some_and(|claim| claim != "aud" && narrow(claim))
    });
    if subjects.is_empty() && !narrowed {
        report
            .value(statement.node, "every repository on GitHub may assume this role")
            .sure(sure)
            .help(format!("add `StringEquals` on `{ISSUER}:sub`"));
    }
    for (operator, node, shape) in subjects {
        let sure = sure.max(shape.sure);
        let text = shape.to_string();
        let wild = operator.contains("Like") && (shape.has("*") || shape.has("?"));
        if operator.starts_with("ForAllValues") {
            report
                .value(node, "`ForAllValues` is true of a token without the claim")
                .sure(sure)
                .help("use `StringEquals`");
        } else if wild && repository_is_open(&text) {
            report
                .value(node, format!("`{text}` trusts more than one repository"))
                .sure(sure)
                .help("name owner and repository, and the branch or the environment");
        } else if wild && text.ends_with(":*") {
            report
                .value(
                    node,
                    format!("`{text}` trusts every branch and pull request of the repository"),
                )
                .level(Level::Warning)
                .help("name the environment or the branch, with `StringEquals`");
        }
        if !wild && is_without_context(&shape) {
            nobody(node, &text, report);
        }
    }
}

fn nobody<'a>(node: &'a Node, text: &str, report: &mut Report<'a>) {
    report
        .value(
            node,
            format!("no token has the subject `{text}`: it goes on behind the repository"),
        )
        .level(Level::Warning)
        .help("name the environment (`:environment:NAME`) or the branch (`:ref:refs/heads/NAME`)");
}

/// Whether a subject ends with the repository; some organizations set their subjects up so.
fn is_without_context(shape: &Shape<'_>) -> bool {
    let subject = shape.whole().and_then(|text| text.strip_prefix("repo:"));
    subject.is_some_and(|repository| repository.contains('/') && !repository.contains(':'))
}

/// Whether the part `OWNER/REPO` of `repo:OWNER/REPO:…` has a wildcard.
fn repository_is_open(subject: &str) -> bool {
    let mut parts = subject.splitn(3, ':');
    let (kind, repository) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    kind != "repo" || repository.is_empty() || repository.contains(['*', '?'])
}
