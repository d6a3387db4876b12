use super::found;

#[test]
fn refused_failover_names_the_setting() {
    let said = found(
        "refused-failover",
        r"
Resources:
  A: {Type: 'AWS::ElastiCache::ReplicationGroup', Properties: {AutomaticFailoverEnabled: true, NumCacheClusters: 1}}
  B: {Type: 'AWS::ElastiCache::ReplicationGroup', Properties: {AutomaticFailoverEnabled: false, CacheParameterGroupName: default.redis7.cluster.on}}
",
    );
    insta::assert_snapshot!(said, @"
    3:114 a failover takes at least two nodes
    4:90 a cluster of shards needs automatic failover
    ");
}

#[test]
fn refused_failover_is_silent_about_two_nodes() {
    let said = found(
        "refused-failover",
        r"
Resources:
  A: {Type: 'AWS::ElastiCache::ReplicationGroup', Properties: {AutomaticFailoverEnabled: true, NumCacheClusters: 2}}
  B: {Type: 'AWS::ElastiCache::ReplicationGroup', Properties: {NumCacheClusters: 1, CacheParameterGroupName: default.redis7}}
",
    );
    insta::assert_snapshot!(said, @"");
}
