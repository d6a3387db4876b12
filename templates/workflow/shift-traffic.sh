#!/usr/bin/env bash
# CodeDeploy alone may change what this service runs: CloudFormation has registered the revision, this moves to it.
definition=$(aws ecs describe-task-definition --task-definition "$FAMILY" \
  --query taskDefinition.taskDefinitionArn --output text)
specification=$(jq --null-input --compact-output --arg definition "$definition" --arg container "$CONTAINER" --argjson port "$PORT" \
  '{version: 1, Resources: [{TargetService: {Type: "AWS::ECS::Service", Properties: {
    TaskDefinition: $definition, LoadBalancerInfo: {ContainerName: $container, ContainerPort: $port}}}}]}')
revision=$(jq --null-input --compact-output --arg content "$specification" \
  '{revisionType: "AppSpecContent", appSpecContent: {content: $content}}')
deployment=$(aws deploy create-deployment --application-name "$APPLICATION" --deployment-group-name "$APPLICATION" \
  --revision "$revision" --query deploymentId --output text)
echo "CodeDeploy moves the traffic to $definition in $deployment" | tee -a "$GITHUB_STEP_SUMMARY"
aws deploy wait deployment-successful --deployment-id "$deployment"
