use super::found;

#[test]
fn unreadable_secret_names_role_and_secret() {
    let said = found(
        "unreadable-secret",
        r"
Resources:
  Secret: {Type: 'AWS::SecretsManager::Secret'}
  Other: {Type: 'AWS::SecretsManager::Secret'}
  Role:
    Type: AWS::IAM::Role
    Properties:
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy']
  Policy:
    Type: AWS::IAM::Policy
    Properties: {Roles: [!Ref Role], PolicyDocument: {Statement: {Effect: Allow, Action: 'secretsmanager:GetSecretValue', Resource: !Ref Other}}}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties: {ExecutionRoleArn: !GetAtt Role.Arn, ContainerDefinitions: [{Name: a, Secrets: [{Name: S, ValueFrom: !Sub '${Secret}:key::'}]}]}
",
    );
    insta::assert_snapshot!(said, @"14:118 the execution role `Role` cannot read `Secret`");
}

#[test]
fn unreadable_secret_wants_a_role() {
    let said = found(
        "unreadable-secret",
        r"
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties: {ContainerDefinitions: [{Name: a, Secrets: [{Name: S, ValueFrom: x}]}]}
",
    );
    insta::assert_snapshot!(said, @"5:82 `Task` has secrets and no execution role to read them with");
}

#[test]
fn unreadable_secret_is_silent_when_a_policy_allows_it() {
    let said = found(
        "unreadable-secret",
        r"
Resources:
  Secret: {Type: 'AWS::SecretsManager::Secret'}
  Other: {Type: 'AWS::SecretsManager::Secret'}
  Role:
    Type: AWS::IAM::Role
    Properties:
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy']
  Policy:
    Type: AWS::IAM::Policy
    Properties: {Roles: [!Ref Role], PolicyDocument: {Statement: {Effect: Allow, Action: 'secretsmanager:GetSecretValue', Resource: !Ref Secret}}}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties: {ExecutionRoleArn: !GetAtt Role.Arn, ContainerDefinitions: [{Name: a, Secrets: [{Name: S, ValueFrom: !Sub '${Secret}:key::'}]}]}
",
    );
    insta::assert_snapshot!(said, @"");
}

#[test]
fn unreadable_secret_is_silent_about_policies_that_are_not_known() {
    let said = found(
        "unreadable-secret",
        r"
Resources:
  Secret: {Type: 'AWS::SecretsManager::Secret'}
  Other: {Type: 'AWS::SecretsManager::Secret'}
  Role:
    Type: AWS::IAM::Role
    Properties:
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/SecretsManagerReadWrite']
  Policy:
    Type: AWS::IAM::Policy
    Properties: {Roles: [!Ref Role], PolicyDocument: {Statement: {Effect: Allow, Action: 'secretsmanager:GetSecretValue', Resource: !Ref Other}}}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties: {ExecutionRoleArn: !GetAtt Role.Arn, ContainerDefinitions: [{Name: a, Secrets: [{Name: S, ValueFrom: !Sub '${Secret}:key::'}]}]}
",
    );
    insta::assert_snapshot!(said, @"");
}
