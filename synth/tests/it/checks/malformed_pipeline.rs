use super::found;

#[test]
fn malformed_pipeline_names_stages_actions_and_artifacts() {
    let said = found(
        "malformed-pipeline",
        r"
Resources:
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: Source
          Actions:
            - {Name: A, ActionTypeId: {Owner: AWS, Category: Source, Provider: S3}, OutputArtifacts: [{Name: Code}]}
            - {Name: B, ActionTypeId: {Owner: AWS, Category: Approval, Provider: Manual}}
        - Name: Source
          Actions:
            - {Name: A, ActionTypeId: {Owner: AWS, Category: Build, Provider: CodeBuild}, InputArtifacts: [{Name: Coed}], OutputArtifacts: [{Name: Code}]}
            - {Name: A, ActionTypeId: {Owner: AWS, Category: Source, Provider: CodeCommit}}
",
    );
    insta::assert_snapshot!(said, @"
    10:62 the first stage has only sources, found Approval
    11:17 another stage has the name `Source`
    13:115 no action before makes the artifact `Coed`
    13:148 another action makes the artifact `Code`
    14:22 another action has the name `A`
    14:39 an action of CodeCommit makes 1 artifacts, found 0
    14:62 only the first stage has sources
    ");
}

#[test]
fn malformed_pipeline_is_silent_about_one_that_runs() {
    let said = found(
        "malformed-pipeline",
        r"
Resources:
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: Source
          Actions:
            - {Name: A, ActionTypeId: {Owner: AWS, Category: Source, Provider: S3}, OutputArtifacts: [{Name: Code}]}
        - Name: Build
          Actions:
            - {Name: B, ActionTypeId: {Owner: AWS, Category: Build, Provider: CodeBuild}, InputArtifacts: [{Name: Code}], OutputArtifacts: [{Name: Built}]}
            - {Name: C, ActionTypeId: {Owner: AWS, Category: Deploy, Provider: ECS}, InputArtifacts: [{Name: Built}]}
",
    );
    insta::assert_snapshot!(said, @"");
}
