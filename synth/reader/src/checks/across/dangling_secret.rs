use super::facts::{Names, Wanted, wanted};
use crate::checks::{Family, Level, Report, Rule, Set};

pub(super) const RULE: Rule = Rule {
    name: "dangling-secret",
    why: "A manifest names a secret or parameter of AWS by a text that nothing looks at before it is asked for. Told is \
          a name that is nearly one of the templates, and one of a path below which they make others.",
    link: "https://docs.aws.amazon.com/eks/latest/userguide/manage-secrets.html",
    level: Level::Error,
    family: Family::Across,
    example: r"
--- # secrets.yaml
Resources:
  Orders: {Type: AWS::SecretsManager::Secret, Properties: {Name: shop/prod/orders}}
--- # orders.yaml
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: {name: aws, namespace: shop}
spec: {provider: {aws: {service: SecretsManager, region: eu-central-1}}}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: orders, namespace: shop}
spec:
  secretStoreRef: {kind: SecretStore, name: aws}
  dataFrom: [{extract: {key: shop/prod/order}}]
",
    instead: r"
--- # secrets.yaml
Resources:
  Orders: {Type: AWS::SecretsManager::Secret, Properties: {Name: shop/prod/orders}}
--- # orders.yaml
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: {name: aws, namespace: shop}
spec: {provider: {aws: {service: SecretsManager, region: eu-central-1}}}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: orders, namespace: shop}
spec:
  secretStoreRef: {kind: SecretStore, name: aws}
  dataFrom: [{extract: {key: shop/prod/orders}}]
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let all = wanted(set);
    if all.is_empty() {
        return;
    }
    let made = [
        Names::of(set, "AWS::SecretsManager::Secret", "Name"),
        Names::of(set, "AWS::SSM::Parameter", "Name"),
    ];
    for wanted in &all {
        let is_made = |name: &str| made.iter().any(|names| names.has(name));
        let by_object = set
            .manifests
            .all()
            .iter()
            .any(|object| object.name() == Some(&wanted.name));
        let rooted = wanted.name.strip_prefix('/');
        if !names(wanted).chain(rooted).any(is_made) && !by_object {
            judge(&made, wanted, report);
        }
    }
}

/// The name as it is written, and without the six letters that AWS adds to it in an ARN.
fn names<'q>(wanted: &'q Wanted<'_>) -> impl Iterator<Item = &'q str> {
    let short = wanted.name.rsplit_once('-').filter(|(_, end)| end.len() == 6);
    std::iter::once(wanted.name.as_str()).chain(short.map(|(name, _)| name))
}

fn judge<'a>(made: &[Names<'a>], wanted: &Wanted<'a>, report: &mut Report<'a>) {
    let name = &wanted.name;
    if let Some((near, at)) = names(wanted).find_map(|name| made.iter().find_map(|names| names.near(name))) {
        report
            .value(wanted.at, format!("no template makes the secret `{name}`"))
            .sure(near.sure)
            .also(at, format!("`{}` is here", near.value))
            .help(format!("did you mean `{}`?", near.value));
        return;
    }
    let Some((folder, _)) = name
        .rsplit_once('/')
        .filter(|(folder, _)| wanted.is_plain && !folder.is_empty())
    else {
        return;
    };
    let below = |(known, _): &(&str, _)| known.rsplit_once('/').is_some_and(|(its, _)| its == folder);
    let closed = made.iter().all(Names::is_closed);
    if let Some((_, at)) = made.iter().flat_map(Names::known).find(below).filter(|_| closed) {
        let draft = report.value(
            wanted.at,
            format!("no template makes `{name}`, and there are others below `{folder}`"),
        );
        draft.level(Level::Warning).also(at, "another one");
        draft.help("make the secret, or name one that is made");
    }
}
