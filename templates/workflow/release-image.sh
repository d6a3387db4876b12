#!/usr/bin/env bash
# The template is the one that is deployed, so that a release changes the image and nothing else.
echo "$STACK gets the image $TAG, which is $DIGEST"
template=$RUNNER_TEMP/template.json
if ! aws cloudformation get-template --stack-name "$STACK" --query TemplateBody --output json |
  jq --compact-output . > "$template"; then
  echo "::error::there is no stack $STACK to release to: run the infra workflow, then this one again"
  exit 1
fi
# What a run that was cut off began goes on without it.
while [[ $(aws cloudformation describe-stacks --stack-name "$STACK" --query 'Stacks[0].StackStatus' --output text) == *_IN_PROGRESS ]]; do
  echo "something else changes $STACK: waiting for its end"
  sleep 20
done
read -ra agreed <<< "$CAPABILITIES"
aws cloudformation deploy --stack-name "$STACK" --template-file "$template" --role-arn "$EXECUTION_ROLE" \
  --parameter-overrides "$PARAMETER=$DIGEST" "ImageTag=$TAG" --no-fail-on-empty-changeset \
  ${agreed:+--capabilities "${agreed[@]}"}
