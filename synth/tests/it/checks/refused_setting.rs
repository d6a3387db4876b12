use super::found;

#[test]
fn refused_setting_tells_what_schemas_do_not() {
    let said = found(
        "refused-setting",
        r"
Resources:
  C: {Type: 'AWS::S3::Bucket', Properties: {IntelligentTieringConfigurations: [{Tierings: [{AccessTier: ARCHIVE_ACCESS, Days: 30}]}]}}
  D: {Type: 'AWS::ECS::TaskDefinition', Properties: {NetworkMode: awsvpc, ContainerDefinitions: [{PortMappings: [{ContainerPort: 80, HostPort: 8080}]}]}}
  E: {Type: 'AWS::CloudFront::Distribution', Properties: {DistributionConfig: {Aliases: ['my site']}}}
  F: {Type: 'AWS::RDS::DBInstance', Properties: {ManageMasterUserPassword: true, MasterUserPassword: secretive}}
  G: {Type: 'AWS::GuardDuty::Detector', Properties: {DataSources: {}, Features: [{Name: S3_DATA_EVENTS, Status: ENABLED}]}}
",
    );
    insta::assert_snapshot!(said, @"
    3:127 this tier is for objects not read for 90 to 730 days, found 30
    4:144 with `awsvpc` the port of the host is that of the container, 80, found 8080
    5:90 `my site` is not the name of a domain
    6:82 `ManageMasterUserPassword` and `MasterUserPassword` exclude each other
    7:54 `Features` and `DataSources` exclude each other
    ");
}

#[test]
fn refused_setting_is_silent_about_what_services_take() {
    let said = found(
        "refused-setting",
        r"
Parameters:
  Name: {Type: String}
Resources:
  C: {Type: 'AWS::S3::Bucket', Properties: {IntelligentTieringConfigurations: [{Tierings: [{AccessTier: ARCHIVE_ACCESS, Days: 90}, {AccessTier: DEEP_ARCHIVE_ACCESS, Days: 180}]}]}}
  D: {Type: 'AWS::ECS::TaskDefinition', Properties: {NetworkMode: awsvpc, ContainerDefinitions: [{PortMappings: [{ContainerPort: 80, HostPort: 80}, {ContainerPort: 81}]}]}}
  E: {Type: 'AWS::ECS::TaskDefinition', Properties: {NetworkMode: bridge, ContainerDefinitions: [{PortMappings: [{ContainerPort: 80, HostPort: 0}]}]}}
  F: {Type: 'AWS::CloudFront::Distribution', Properties: {DistributionConfig: {Aliases: ['*.example.com', www.example.com, !Ref Name]}}}
  G: {Type: 'AWS::RDS::DBInstance', Properties: {ManageMasterUserPassword: false, MasterUserPassword: secretive}}
  H: {Type: 'AWS::RDS::DBInstance', Properties: {ManageMasterUserPassword: !If [Own, true, false], MasterUserPassword: !If [Own, !Ref 'AWS::NoValue', secretive]}}
",
    );
    insta::assert_snapshot!(said, @"");
}
