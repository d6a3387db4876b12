use super::found;

#[test]
fn unknown_origin_names_the_nearest() {
    let said = found(
        "unknown-origin",
        r"
Resources:
  Distribution:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Origins: [{Id: site}]
        DefaultCacheBehavior: {TargetOriginId: sites}
        CacheBehaviors: [{TargetOriginId: api}]
",
    );
    insta::assert_snapshot!(said, @"
    8:48 the distribution has no origin `sites`
    9:43 the distribution has no origin `api`
    ");
}

#[test]
fn unknown_origin_is_silent_about_origins_and_groups() {
    let said = found(
        "unknown-origin",
        r"
Resources:
  Distribution:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Origins: [{Id: site}, {Id: !Sub '${AWS::StackName}-api'}]
        OriginGroups: {Items: [{Id: both}]}
        DefaultCacheBehavior: {TargetOriginId: both}
        CacheBehaviors: [{TargetOriginId: !Sub '${AWS::StackName}-api'}]
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn unknown_origin_wants_at_least_one_unless_the_old_way_names_it() {
    let said = found(
        "unknown-origin",
        r"
Resources:
  A:
    Type: AWS::CloudFront::Distribution
    Properties: {DistributionConfig: {Enabled: true, DefaultCacheBehavior: {TargetOriginId: site}}}
  B:
    Type: AWS::CloudFront::Distribution
    Properties: {DistributionConfig: {Enabled: true, S3Origin: {DNSName: x}, DefaultCacheBehavior: {TargetOriginId: site}}}
",
    );
    insta::assert_snapshot!(said, @"5:93 the distribution has no origin `site`");
}
