use serde_json::Value as Json;

use super::facts::{Assumed, assumed};
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::manifest::{Namespace, is_settled};
use crate::read::template::known::{Ask, Sure};
use crate::read::template::{Resource, Template};

pub(super) const RULE: Rule = Rule {
    name: "untrusted-account",
    why: "A role that pods take by the token of their ServiceAccount trusts the accounts that its policy names, by \
          namespace and name. One that it does not name is refused with the first call.",
    link: "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
    level: Level::Error,
    family: Family::Across,
    example: r"
--- # role.yaml
Resources:
  Orders:
    Type: AWS::IAM::Role
    Properties:
      RoleName: shop-orders
      AssumeRolePolicyDocument:
        Statement:
          Effect: Allow
          Action: sts:AssumeRoleWithWebIdentity
          Principal: {Federated: 'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A1'}
          Condition:
            StringEquals: {'oidc.eks.eu-west-1.amazonaws.com/id/A1:sub': 'system:serviceaccount:default:orders'}
--- # orders.yaml
apiVersion: v1
kind: ServiceAccount
metadata:
  name: orders
  namespace: shop
  annotations: {eks.amazonaws.com/role-arn: 'arn:aws:iam::111122223333:role/shop-orders'}
",
    instead: r"
--- # role.yaml
Resources:
  Orders:
    Type: AWS::IAM::Role
    Properties:
      RoleName: shop-orders
      AssumeRolePolicyDocument:
        Statement:
          Effect: Allow
          Action: sts:AssumeRoleWithWebIdentity
          Principal: {Federated: 'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A1'}
          Condition:
            StringEquals: {'oidc.eks.eu-west-1.amazonaws.com/id/A1:sub': 'system:serviceaccount:shop:orders'}
--- # orders.yaml
apiVersion: v1
kind: ServiceAccount
metadata:
  name: orders
  namespace: shop
  annotations: {eks.amazonaws.com/role-arn: 'arn:aws:iam::111122223333:role/shop-orders'}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for assumed in assumed(set) {
        let Namespace::Said(namespace) = assumed.account.namespace() else {
            continue;
        };
        let name = assumed.account.name().unwrap_or_default();
        if !is_settled(name) || !is_settled(namespace) {
            continue;
        }
        let subject = format!("system:serviceaccount:{namespace}:{name}");
        judge(set, &assumed, &subject, report);
    }
}

fn judge<'a>(set: &Set<'a>, assumed: &Assumed<'a>, subject: &str, report: &mut Report<'a>) {
    let mut refused = Vec::new();
    for (template, role) in set.of("AWS::IAM::Role") {
        let names = role
            .property("RoleName")
            .map(|node| Ask::of(template).across(set).texts(node));
        if names.unwrap_or_default().iter().any(|name| &**name == assumed.role) {
            // Where one of several of the name trusts it, that is the one that is meant.
            match trusted(template, role) {
                Some(subjects) => refused.push(subjects),
                None => return,
            }
        }
    }
    let fits = |(pattern, _, _): &Subject<'a>| matches(pattern, subject);
    if refused.iter().any(|subjects| subjects.iter().any(fits)) {
        return;
    }
    let Some((pattern, sure, at)) = refused.first().and_then(|subjects| subjects.first()) else {
        return;
    };
    report
        .value(
            assumed.at,
            format!("the role `{}` does not trust `{subject}`", assumed.role),
        )
        .sure(*sure)
        .also(*at, "whom it trusts")
        .help(format!("trust `{subject}` in place of `{pattern}`"));
}

/// Whom a role trusts: the text, how surely it is known, and where it stands.
type Subject<'a> = (String, Sure, &'a Node);

/// The subjects of tokens that a role trusts; nothing if that is not known, or it trusts others too.
fn trusted<'a>(template: &Template<'a>, role: &Resource<'a>) -> Option<Vec<Subject<'a>>> {
    let document = role.property("AssumeRolePolicyDocument")?;
    let Some(statements) = document.get("Statement") else {
        return of_text(document);
    };
    let statements = statements.list().unwrap_or(std::slice::from_ref(statements));
    let mut subjects = Vec::new();
    for statement in statements {
        let action = statement.get("Action")?;
        let actions = action.list().unwrap_or(std::slice::from_ref(action));
        if !actions
            .iter()
            .any(|action| action.text() == Some("sts:AssumeRoleWithWebIdentity"))
        {
            continue;
        }
        let operators = statement.get("Condition")?.map()?;
        let entries = operators.iter().filter_map(|operator| operator.value.map()).flatten();
        let subject = entries.into_iter().find(|entry| entry.key.ends_with(":sub"))?;
        let values = subject.value.list().unwrap_or(std::slice::from_ref(&subject.value));
        for value in values {
            let texts = Ask::of(template).texts(value);
            if texts.is_empty() {
                return None;
            }
            subjects.extend(texts.into_iter().map(|text| (text.to_string(), text.sure, value)));
        }
    }
    Some(subjects)
}

/// The same of a policy that is a text: only so can the issuer be one that the deployment makes.
fn of_text(document: &Node) -> Option<Vec<Subject<'_>>> {
    let text = document.get("Fn::Sub").unwrap_or(document);
    let text = text.list().and_then(<[Node]>::first).unwrap_or(text);
    let policy: Json = serde_json::from_str(text.text()?).ok()?;
    let mut subjects = Vec::new();
    for statement in each(&policy["Statement"]) {
        let is_it = |action: &Json| action == "sts:AssumeRoleWithWebIdentity";
        if !each(&statement["Action"]).iter().any(is_it) {
            continue;
        }
        let operators = statement["Condition"].as_object()?.values();
        let mut entries = operators.filter_map(Json::as_object).flatten();
        let (_, trusted) = entries.find(|(key, _)| key.ends_with(":sub"))?;
        for subject in each(trusted) {
            let subject = subject.as_str().filter(|subject| !subject.contains("${"))?;
            subjects.push((subject.to_owned(), Sure::Written, text));
        }
    }
    Some(subjects)
}

/// One thing or several, as policies take both.
fn each(json: &Json) -> &[Json] {
    json.as_array().map_or(std::slice::from_ref(json), Vec::as_slice)
}

/// Whether a text fits a pattern with `*` and `?`.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut here) = (0, 0);
    // Where the last star stands, and how far it reaches so far.
    let mut star: Option<(usize, usize)> = None;
    while here < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, here));
                at += 1;
            }
            Some(one) if *one == b'?' || *one == text[here] => (at, here) = (at + 1, here + 1),
            _ => {
                let Some((from, reach)) = star else { return false };
                star = Some((from, reach + 1));
                (at, here) = (from + 1, reach + 1);
            }
        }
    }
    pattern[at..].iter().all(|one| *one == b'*')
}
