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
