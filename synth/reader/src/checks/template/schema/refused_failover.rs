use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::known;

pub(super) const RULE: Rule = Rule {
    name: "refused-failover",
    why: "ElastiCache fails over to another node: with one there is none, and a cluster of shards cannot do without.",
    link: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: sessions
      Engine: valkey
      CacheNodeType: cache.t4g.micro
      TransitEncryptionEnabled: true
      AutomaticFailoverEnabled: true
      NumCacheClusters: 1
",
    instead: r"
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: sessions
      Engine: valkey
      CacheNodeType: cache.t4g.micro
      TransitEncryptionEnabled: true
      AutomaticFailoverEnabled: true
      NumCacheClusters: 2
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, group) in set.of("AWS::ElastiCache::ReplicationGroup") {
        let failover = group.property("AutomaticFailoverEnabled");
        let on = failover.and_then(|node| known::boolean(template, node));
        let nodes = group.property("NumCacheClusters");
        let nodes = nodes.and_then(|node| Some((node, known::number(template, node)?)));
        let few = nodes.filter(|(_, number)| number.value < 2.0);
        if let (Some(on), Some((node, number))) = (on.filter(|on| on.value), few) {
            report
                .value(node, "a failover takes at least two nodes")
                .sure(on.sure.max(number.sure));
        }
        let parameters = group
            .property("CacheParameterGroupName")
            .and_then(|node: &'a Node| known::text(template, node));
        let shards = parameters.filter(|name| name.starts_with("default.") && name.ends_with(".cluster.on"));
        if let (Some(off), Some(node), Some(shards)) = (on.filter(|on| !on.value), failover, shards) {
            report
                .value(node, "a cluster of shards needs automatic failover")
                .sure(off.sure.max(shards.sure));
        }
    }
}
