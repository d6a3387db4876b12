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

/// The tree of a template that the transform of language extensions runs over, in one line.
fn extended(rest: &str) -> String {
    let text = format!("Transform: AWS::LanguageExtensions\n{rest}");
    let mut value = synth::read::document("t", &text).unwrap().root.to_value();
    let map = value.as_object_mut().unwrap();
    map.shift_remove("Transform");
    map.shift_remove("Parameters");
    map.shift_remove("Mappings");
    value.to_string()
}

#[test]
fn a_loop_is_written_out_with_its_identifier_replaced() {
    let tree = extended(
        r"
Resources:
  Fn::ForEach::Topics:
    - Name
    - [Success, 'fai.led']
    - Topic&{Name}:
        Type: AWS::SNS::Topic
        Properties: {TopicName: !Ref Name, DisplayName: !Sub '${Name}-${AWS::Region}', Tags: [{Key: a, Value: '${Name}'}]}
Outputs:
  Out: {Value: 1}
",
    );
    insta::assert_snapshot!(tree, @r#"{"Resources":{"TopicSuccess":{"Type":"AWS::SNS::Topic","Properties":{"TopicName":"Success","DisplayName":{"Fn::Sub":"Success-${AWS::Region}"},"Tags":[{"Key":"a","Value":"Success"}]}},"Topicfailed":{"Type":"AWS::SNS::Topic","Properties":{"TopicName":"fai.led","DisplayName":{"Fn::Sub":"fai.led-${AWS::Region}"},"Tags":[{"Key":"a","Value":"fai.led"}]}}},"Outputs":{"Out":{"Value":1}}}"#);
}

#[test]
fn loops_stand_in_loops_and_in_properties() {
    let tree = extended(
        r"
Resources:
  Fn::ForEach::Outer:
    - A
    - [x, y]
    - Fn::ForEach::Inner:
        - B
        - ['1', '2']
        - R${A}${B}:
            Type: AWS::EC2::Instance
            Properties:
              Fn::ForEach::Properties:
                - P
                - [ImageId, InstanceType]
                - ${P}: !FindInMap [Map, !Ref A, !Ref P]
Outputs:
  Fn::ForEach::Out:
    - A
    - [x]
    - Out${A}: {Value: !GetAtt [!Sub 'R${A}1', Arn]}
",
    );
    insta::assert_snapshot!(tree, @r#"{"Resources":{"Rx1":{"Type":"AWS::EC2::Instance","Properties":{"ImageId":{"Fn::FindInMap":["Map","x","ImageId"]},"InstanceType":{"Fn::FindInMap":["Map","x","InstanceType"]}}},"Rx2":{"Type":"AWS::EC2::Instance","Properties":{"ImageId":{"Fn::FindInMap":["Map","x","ImageId"]},"InstanceType":{"Fn::FindInMap":["Map","x","InstanceType"]}}},"Ry1":{"Type":"AWS::EC2::Instance","Properties":{"ImageId":{"Fn::FindInMap":["Map","y","ImageId"]},"InstanceType":{"Fn::FindInMap":["Map","y","InstanceType"]}}},"Ry2":{"Type":"AWS::EC2::Instance","Properties":{"ImageId":{"Fn::FindInMap":["Map","y","ImageId"]},"InstanceType":{"Fn::FindInMap":["Map","y","InstanceType"]}}}},"Outputs":{"Outx":{"Value":{"Fn::GetAtt":["Rx1","Arn"]}}}}"#);
}

#[test]
fn a_loop_runs_over_defaults_mappings_and_split_texts() {
    let tree = extended(
        r"
Parameters:
  Names: {Type: CommaDelimitedList, Default: 'a, b'}
  One: {Type: String, Default: c}
Mappings: {M: {k: {list: [d, e]}}}
Conditions:
  Fn::ForEach::A: [N, !Ref Names, {'Is${N}': !Equals [1, 1]}]
  Fn::ForEach::B: [N, [!Ref One, !FindInMap [M, k, list]], {'Is${N}': !Equals [1, 1]}]
  Fn::ForEach::C: [N, !Split ['-', 'f-g'], {'Is${N}': !Equals [1, 1]}]
  Fn::ForEach::D: [N, !FindInMap [M, none, list, {DefaultValue: [h]}], {'Is${N}': !Equals [1, 1]}]
",
    );
    insta::assert_snapshot!(tree, @r#"{"Conditions":{"Isa":{"Fn::Equals":[1,1]},"Isb":{"Fn::Equals":[1,1]},"Isc":{"Fn::Equals":[1,1]},"Isd":{"Fn::Equals":[1,1]},"Ise":{"Fn::Equals":[1,1]},"Isf":{"Fn::Equals":[1,1]},"Isg":{"Fn::Equals":[1,1]},"Ish":{"Fn::Equals":[1,1]}}}"#);
}

#[test]
fn a_loop_over_what_is_not_known_stays_and_silences_names() {
    let said = judged(
        r"
Transform: AWS::LanguageExtensions
Parameters: {Names: {Type: CommaDelimitedList}}
Resources:
  Fn::ForEach::Topics: [Name, !Ref Names, {'T${Name}': {Type: 'AWS::SNS::Topic'}}]
Outputs:
  A: {Value: !Ref Tx}
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn what_a_loop_writes_is_judged_at_the_line_it_is_written_from() {
    let said = judged(
        r"
Transform: AWS::LanguageExtensions
Parameters: {Names: {Type: CommaDelimitedList, Default: 'x,y'}}
Resources:
  Fn::ForEach::Topics:
    - Name
    - !Ref Names
    - T${Name}:
        Type: AWS::SNS::Topic
        Properties: {TopicNam: !Ref Name}
Outputs:
  A: {Value: !Ref Tx}
  B: {Value: !Ref Tz}
",
    );
    insta::assert_snapshot!(said, @"
    10:22 error[unknown-property] AWS::SNS::Topic has no property `TopicNam`
    13:14 error[dangling-reference] no resource or parameter is named `Tz`
    ");
}

#[test]
fn loops_that_would_make_too_much_stay() {
    let values = vec!["v"; 400].join(", ");
    let round = |name: &str, inner: &str| format!("{{'Fn::ForEach::{name}': [{name}, [{values}], {inner}]}}");
    let text = format!(
        "Resources: {}\n",
        round("A", &round("B", &round("C", "{'R${A}${B}${C}': x}")))
    );
    assert!(extended(&text).contains("Fn::ForEach::A"));
}

#[test]
fn two_rounds_with_one_key_are_a_duplicate() {
    let said = judged(
        r"
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Topics: [Name, [a.b, ab], {'T&{Name}': {Type: 'AWS::SNS::Topic'}}]
",
    );
    insta::assert_snapshot!(said, @"4:43 error[duplicate-key] `Tab` stands here again; line 4 has it first");
}

#[test]
fn a_map_without_the_key_gives_its_default() {
    let said = judged(
        r"
Transform: AWS::LanguageExtensions
Mappings: {Sizes: {prod: {Visibility: 30}}}
Resources:
  A: {Type: 'AWS::SQS::Queue', Properties: {VisibilityTimeout: !FindInMap [Sizes, dev, Visibility, {DefaultValue: many}]}}
  B: {Type: 'AWS::SQS::Queue', Properties: {VisibilityTimeout: !FindInMap [Sizes, prod, Visibility, {DefaultValue: many}]}}
",
    );
    insta::assert_snapshot!(said, @r#"5:64 error[wrong-type] `VisibilityTimeout` wants a whole number, found "many""#);
}
