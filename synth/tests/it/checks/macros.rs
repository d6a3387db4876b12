//! Templates that a macro rewrites: what it makes is taken on trust, the rest is judged.

use super::all;

/// Errors and information, one line a finding.
fn judged(text: &str) -> String {
    let findings = all(&[text])
        .into_iter()
        .filter(|finding| finding.level.name() != "warning");
    let lines: Vec<String> = findings
        .map(|f| format!("{}:{} {}[{}] {}", f.line, f.column, f.level.name(), f.rule, f.message))
        .collect();
    lines.join("\n")
}

#[test]
fn what_sam_makes_may_be_named() {
    let said = judged(
        r"
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Runtime: python3.13, Timeout: 3}
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      CodeUri: hello/
      AutoPublishAlias: live
      Events: {Get: {Type: Api, Properties: {Path: /, Method: get}}}
  Alarm:
    Type: AWS::Logs::SubscriptionFilter
    DependsOn: HelloGetPermissionProd
    Properties: {DestinationArn: !GetAtt HelloRole.Arn, FilterPattern: '', LogGroupName: !Ref Hello.Version}
Outputs:
  Url: {Value: !Sub 'https://${ServerlessRestApi}.execute-api.${AWS::Region}.amazonaws.com/${ServerlessRestApiProdStage}'}
  Alias: {Value: !Ref HelloAliaslive}
",
    );
    insta::assert_snapshot!(said, @"2:12 info[unjudged-macro] SAM makes others of 1 resource here; of these only the names of properties are judged");
}

#[test]
fn what_sam_refuses_is_refused() {
    let said = judged(
        r"
Transform: [AWS::LanguageExtensions, 'AWS::Serverless-2016-10-31']
Globals:
  Function: {Runtime: python3.13, Role: x}
  Fnction: {}
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Handle: app.handler
      Events: {Get: {Type: Apy}}
  Api: {Type: 'AWS::Serverless::Api'}
  Image: {Type: 'AWS::Serverless::Function', Properties: {PackageType: Image}}
",
    );
    insta::assert_snapshot!(said, @"
    2:38 info[unjudged-macro] SAM makes others of 3 resources here; of these only the names of properties are judged
    4:35 error[unknown-property] `Globals.Function` has no property `Role`
    5:3 error[unknown-property] `Globals` has no property `Fnction`
    7:3 error[missing-property] AWS::Serverless::Function needs `Handler`
    10:7 error[unknown-property] AWS::Serverless::Function has no property `Handle`
    11:28 error[refused-value] SAM has no event of the type `Apy`
    12:3 error[missing-property] AWS::Serverless::Api needs `StageName`
    ");
}

#[test]
fn types_of_sam_need_its_transform() {
    let said =
        judged("Resources:\n  Hello: {Type: 'AWS::Serverless::Function', Properties: {Handler: a, Runtime: b}}\n");
    insta::assert_snapshot!(said, @"2:17 error[unknown-resource-type] `AWS::Serverless::Function` is a type of SAM, whose transform is not declared");
}

#[test]
fn a_macro_of_somebodys_own_turns_errors_into_warnings() {
    let said = judged(
        r"
Transform: [Count, {Name: 'AWS::SecretsManager-2024-09-16'}]
Resources:
  Bucket: {Type: 'AWS::S3::Bucket', Count: 3, Properties: {Tags: !Ref Unknown, Names: x}}
",
    );
    insta::assert_snapshot!(said, @"2:13 info[unjudged-macro] the macro `Count` may change anything here, so what looks wrong is no error");
}

#[test]
fn what_is_included_in_a_property_hides_nothing_else() {
    let said = judged(
        r"
Parameters: {Used: {Type: String}}
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body: {'Fn::Transform': {Name: AWS::Include, Parameters: {Location: s3://bucket/api.yaml}}}
      Name: !Ref Nothing
",
    );
    insta::assert_snapshot!(said, @"8:13 error[dangling-reference] no resource or parameter is named `Nothing`");
}

#[test]
fn what_is_included_among_resources_may_be_named() {
    let said = judged(
        r"
Resources:
  Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://bucket/more.yaml}}
  Topic: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !Ref Included}}
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn modules_and_types_of_others_are_taken_as_they_are() {
    let said = judged(
        r"
Resources:
  Module: {Type: 'Org::Service::Thing::MODULE', Properties: {Any: thing}}
  Private: {Type: 'Org::Service::Thing', Properties: {Any: [!GetAtt ModuleBucket.Arn, !Ref Module.Bucket]}}
  Custom: {Type: 'Custom::Anything-at_all', Properties: {ServiceToken: !GetAtt Private.Arn, Any: {deep: 1}}}
  Plain: {Type: 'AWS::CloudFormation::CustomResource', Properties: {ServiceToken: x, Any: !GetAtt Custom.Deep.Answer}}
Outputs:
  A: {Value: !GetAtt Plain.Whatever}
",
    );
    insta::assert_snapshot!(said, @"");
}
