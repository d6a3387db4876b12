use crate::checks::template::policy_document as document;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Entry;
use crate::read::template::shape::is_open;
use crate::schema::github::claim::{CLAIMS, ISSUER};
use crate::schema::{conditions, iam};

pub(super) const RULE: Rule = Rule {
    name: "unknown-condition-key",
    why: "No request has a key that does not exist: what is allowed under it is never allowed, and what is denied is \
          never denied.",
    link: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
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
          - Effect: Allow
            Action: s3:GetObject
            Resource: arn:aws:s3:::pictures/*
            Condition: {StringEquals: {'aws:SourceAcount': '123456789012'}}
",
    instead: r"
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Action: s3:GetObject
            Resource: arn:aws:s3:::pictures/*
            Condition: {StringEquals: {'aws:SourceAccount': '123456789012'}}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (_, statement) in document::every_statement(set) {
        for (_, key) in document::conditions(statement) {
            judge(key, report);
        }
    }
}

fn judge<'a>(key: &'a Entry, report: &mut Report<'a>) {
    let text = key.key.as_str();
    let Some((prefix, name)) = text.split_once(':').filter(|_| !is_open(text)) else {
        return;
    };
    // Identity providers have keys that their tokens bring, which nobody lists as a whole.
    let provider = prefix.contains(['.', '/']);
    if prefix.eq_ignore_ascii_case(ISSUER) {
        if !CLAIMS.iter().any(|claim| claim.eq_ignore_ascii_case(name)) {
            no_claim(key, name, report);
        }
        return;
    }
    let Some(keys) = conditions::of(prefix) else {
        if !provider {
            no_keys(key, prefix, name, report);
        }
        return;
    };
    if keys.find(name).is_some() {
        return;
    }
    let near = keys.nearest(name);
    if provider && near.is_none() {
        return;
    }
    let draft = report.key(key, format!("there is no condition key `{text}`"));
    let named = |near: &str| near.strip_suffix("/${TagKey}") == Some(name);
    match near {
        _ if keys.find(&format!("{name}/x")).is_some() => {
            draft.help(format!("it is followed by the key of a tag: `{text}/team`"));
        }
        Some(near) if !named(near) => draft.help(format!("did you mean `{prefix}:{near}`?")),
        _ => draft.help(format!("`{prefix}` has no key of this name")),
    }
}

/// A key that no token of GitHub's brings, so that the condition never holds.
fn no_claim<'a>(key: &'a Entry, name: &str, report: &mut Report<'a>) {
    let draft = report.key(key, format!("no token of GitHub's brings the key `{}`", key.key));
    match crate::schema::nearest(name, CLAIMS.into_iter()) {
        Some(near) => draft.help(format!("did you mean `{ISSUER}:{near}`?")),
        None => draft.help("the subject, `sub`, says which repository and which branch or environment it is"),
    }
}

/// A prefix that has no keys: that of a service which has none, or a slip.
fn no_keys<'a>(key: &'a Entry, prefix: &str, name: &str, report: &mut Report<'a>) {
    let slip = crate::schema::nearest(prefix, conditions::prefixes());
    let slip = slip.filter(|near| conditions::of(near).is_some_and(|keys| keys.find(name).is_some()));
    let message = format!("there is no condition key `{}`", key.key);
    if let Some(near) = slip {
        report.key(key, message).help(format!("did you mean `{near}:{name}`?"));
    } else if iam::service(&prefix.to_ascii_lowercase()).is_some() {
        report
            .key(key, message)
            .help(format!("`{prefix}` has no keys of its own"));
    }
}
