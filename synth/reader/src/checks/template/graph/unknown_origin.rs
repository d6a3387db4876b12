use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::known::{Known, Shape};
use crate::read::template::{Template, known};
use std::collections::BTreeMap;

use crate::read::Node;

pub(super) const RULE: Rule = Rule {
    name: "unknown-origin",
    why: "CloudFront refuses a cache behavior that sends to an origin which the distribution does not have.",
    link: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html",
    level: Level::Error,
    family: Family::Graph,
    example: r"
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{Id: site, DomainName: example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only}}]
        DefaultCacheBehavior:
          TargetOriginId: sites
          ViewerProtocolPolicy: redirect-to-https
          CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
",
    instead: r"
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{Id: site, DomainName: example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only}}]
        DefaultCacheBehavior:
          TargetOriginId: site
          ViewerProtocolPolicy: redirect-to-https
          CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, distribution) in set.of("AWS::CloudFront::Distribution") {
        let Some(config) = distribution.property("DistributionConfig") else {
            continue;
        };
        let Some(origins) = origins(template, config) else {
            continue;
        };
        let default = config.get("DefaultCacheBehavior");
        let more = config.get("CacheBehaviors").and_then(Node::list).unwrap_or_default();
        for node in default
            .into_iter()
            .chain(more)
            .filter_map(|behavior| behavior.get("TargetOriginId"))
        {
            let Some(name) = known::shape(template, node).filter(|name| !name.is_opaque()) else {
                continue;
            };
            if !origins.value.contains_key(&name.value) {
                let draft = report.value(node, format!("the distribution has no origin `{name}`"));
                draft.sure(name.sure).sure(origins.sure);
                let known: BTreeMap<String, &Node> =
                    origins.value.iter().map(|(id, node)| (id.to_string(), *node)).collect();
                if let Some(near) = crate::schema::nearest(&name.to_string(), known.keys().map(String::as_str)) {
                    draft
                        .also_if(known.get(near).copied(), format!("`{near}` is here"))
                        .help(format!("did you mean `{near}`?"));
                }
            }
        }
    }
}

/// The ids of all origins and groups, if all are known.
fn origins<'a>(template: &Template<'a>, config: &'a Node) -> Option<Known<BTreeMap<Shape<'a>, &'a Node>>> {
    let mut found = Known::written(BTreeMap::new());
    let lists = [config.get("Origins"), config.dig(&["OriginGroups", "Items"])];
    if let Some(groups) = config.get("OriginGroups") {
        groups.map().filter(|map| !crate::read::template::kind::is_open(map))?;
    }
    for list in lists.into_iter().flatten() {
        for origin in list.list()? {
            let node = origin.get("Id")?;
            let id = known::shape(template, node).filter(|id| !id.is_opaque())?;
            found = found.resting_on(id.sure);
            found.value.insert(id.value, node);
        }
    }
    let old = ["S3Origin", "CustomOrigin"]
        .iter()
        .any(|name| config.get(name).is_some());
    let open = config.map().is_none_or(crate::read::template::kind::is_open);
    (!found.value.is_empty() || !old && !open && config.get("Origins").is_none()).then_some(found)
}
