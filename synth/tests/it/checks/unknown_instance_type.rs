use super::found;

#[test]
fn unknown_instance_type_tells_slips_in_family_and_size() {
    let said = found(
        "unknown-instance-type",
        r"
Parameters:
  Size: {Type: String, Default: t3.mirco}
Conditions:
  Large: !Equals [!Ref Size, t3.large]
Resources:
  A: {Type: 'AWS::EC2::Instance', Properties: {InstanceType: t3.mirco}}
  B: {Type: 'AWS::EC2::Instance', Properties: {InstanceType: !Ref Size}}
  C: {Type: 'AWS::EC2::LaunchTemplate', Properties: {LaunchTemplateData: {InstanceType: m99.large}}}
  D: {Type: 'AWS::RDS::DBInstance', Properties: {DBInstanceClass: !If [Large, db.t4g.medium, db.t4g.mikro]}}
  E: {Type: 'AWS::EKS::Nodegroup', Properties: {InstanceTypes: [t3.large, t3.64xlarge]}}
  F: {Type: 'AWS::OpenSearchService::Domain', Properties: {ClusterConfig: {InstanceType: t3.small}}}
",
    );
    insta::assert_snapshot!(said, @"
    7:62 AWS has no instance type `t3.mirco`
    8:62 AWS has no instance type `t3.mirco`
    9:89 `m99.large` is not among the instance types that synth knows
    10:94 AWS has no instance type `db.t4g.mikro`
    11:75 AWS has no instance type `t3.64xlarge`
    12:90 AWS has no instance type `t3.small`
    ");
}

#[test]
fn unknown_instance_type_is_silent_about_those_that_aws_has() {
    let said = found(
        "unknown-instance-type",
        r"
Parameters:
  Size: {Type: String}
Resources:
  A: {Type: 'AWS::EC2::Instance', Properties: {InstanceType: !Ref Size}}
  H: {Type: 'AWS::EC2::Instance', Properties: {InstanceType: '{{resolve:ssm:size}}'}}
  B: {Type: 'AWS::EC2::LaunchTemplate', Properties: {LaunchTemplateData: {InstanceType: !Sub '${Size}.large'}}}
  C: {Type: 'AWS::RDS::DBInstance', Properties: {DBInstanceClass: db.t4g.micro}}
  D: {Type: 'AWS::RDS::DBCluster', Properties: {DBClusterInstanceClass: db.m6gd.large}}
  E: {Type: 'AWS::RDS::DBInstance', Properties: {DBInstanceClass: db.serverless}}
  F: {Type: 'AWS::ElastiCache::ReplicationGroup', Properties: {CacheNodeType: cache.t4g.micro}}
  G: {Type: 'AWS::OpenSearchService::Domain', Properties: {ClusterConfig: {InstanceType: t3.small.search}}}
",
    );
    insta::assert_snapshot!(said, @"");
}
