use super::found;

#[test]
fn refused_value_lists_what_can_be() {
    let said = found(
        "refused-value",
        r"
Resources:
  Log:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: 31}
",
    );
    insta::assert_snapshot!(said, @"5:35 `RetentionInDays` is 31; it can be 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365 and 10 more");
}

#[test]
fn refused_value_is_found_through_the_default_of_a_parameter() {
    let said = found(
        "refused-value",
        r"
Parameters: {Days: {Type: Number, Default: 31}}
Resources:
  Log:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: !Ref Days}
",
    );
    insta::assert_snapshot!(said, @"6:35 `RetentionInDays` is 31; it can be 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365 and 10 more");
}

#[test]
fn refused_value_is_found_among_the_allowed_values_of_a_parameter() {
    let said = found(
        "refused-value",
        r"
Parameters: {Days: {Type: Number, Default: 30, AllowedValues: [30, 31]}}
Resources:
  Log:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: !Ref Days}
",
    );
    insta::assert_snapshot!(said, @"6:35 `RetentionInDays` is 31; it can be 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365 and 10 more");
}

#[test]
fn refused_value_is_found_in_a_mapping() {
    let said = found(
        "refused-value",
        r"
Mappings: {Days: {prod: {Log: 31}}}
Resources:
  Log:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: !FindInMap [Days, prod, Log]}
",
    );
    insta::assert_snapshot!(said, @"6:35 `RetentionInDays` is 31; it can be 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365 and 10 more");
}

#[test]
fn refused_value_is_silent_about_what_is_not_known() {
    let said = found(
        "refused-value",
        r"
Parameters: {Days: {Type: Number}}
Resources:
  Log:
    Type: AWS::Logs::LogGroup
    Properties:
      RetentionInDays: !Ref Days
      KmsKeyId: !Sub 'arn:${AWS::Partition}:kms:x'
  Again:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: !If [Unknown, 31, 30]}
",
    );
    insta::assert_snapshot!(said, @"");
}

fn engine(version: &str) -> String {
    let yaml = format!(
        "Resources: {{Db: {{Type: AWS::RDS::DBInstance, Properties: {{Engine: mysql, EngineVersion: '{version}'}}}}}}"
    );
    // What it could be is a list that grows.
    found("refused-value", &yaml).chars().take(40).collect()
}

#[test]
fn refused_value_is_found_for_a_version_of_no_series() {
    assert_eq!(engine("1.2.3"), "1:89 `EngineVersion` is \"1.2.3\"; it can ");
}

#[test]
fn refused_value_is_silent_about_a_series_of_versions() {
    assert_eq!(engine("8.4"), "");
}

#[test]
fn refused_value_only_warns_of_what_a_deployer_can_choose() {
    let text = r"
Parameters:
  Name: {Type: String, Default: UPPER}
  Only: {Type: String, Default: UPPER, AllowedValues: [UPPER]}
Resources:
  A: {Type: 'AWS::S3::Bucket', Properties: {BucketName: !Ref Name}}
  B: {Type: 'AWS::S3::Bucket', Properties: {BucketName: !Ref Only}}
";
    let refused = super::all(&[text])
        .into_iter()
        .filter(|finding| finding.rule == "refused-value");
    let levels: Vec<(u32, &str)> = refused.map(|f| (f.line, f.level.name())).collect();
    assert_eq!(levels, [(6, "warning"), (7, "error")]);
}

#[test]
fn refused_value_holds_each_allowed_value_against_each_property_of_a_template_with_many() {
    use std::fmt::Write;

    let mut text = "Parameters:\n".to_owned();
    for parameter in 0..40 {
        let values: Vec<String> = (0..40).map(|value| format!("v{value}")).collect();
        let values = values.join(", ");
        writeln!(text, "  P{parameter}: {{Type: String, AllowedValues: [{values}]}}").unwrap();
    }
    text.push_str("  Last: {Type: String, AllowedValues: ['256', many]}\nResources:\n");
    for resource in 0..3 {
        write!(
            text,
            "  T{resource}:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Tags:\n"
        )
        .unwrap();
        for parameter in 0..40 {
            writeln!(text, "        - {{Key: k{parameter}, Value: !Ref P{parameter}}}").unwrap();
        }
        text.push_str("      ContainerDefinitions: [{Name: a, Image: b, Memory: !Ref Last}]\n");
    }
    let said = super::together("wrong-type", &[&text]);
    insta::assert_snapshot!(said, @r#"
    88:58 `Memory` wants a whole number, found "many"
    133:58 `Memory` wants a whole number, found "many"
    178:58 `Memory` wants a whole number, found "many"
    "#);
}
