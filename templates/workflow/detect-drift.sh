#!/usr/bin/env bash
drifted=
for stack in $STACKS; do
  id=$(aws cloudformation detect-stack-drift --stack-name "$stack" --query StackDriftDetectionId --output text)
  status=DETECTION_IN_PROGRESS
  while [[ $status == DETECTION_IN_PROGRESS ]]; do
    sleep 5
    result=$(aws cloudformation describe-stack-drift-detection-status --stack-drift-detection-id "$id" --output json)
    status=$(jq --raw-output .DetectionStatus <<< "$result")
  done
  state=$(jq --raw-output '.StackDriftStatus // "UNKNOWN"' <<< "$result")
  {
    echo "### $stack: $state"
    echo
  } >> "$GITHUB_STEP_SUMMARY"
  [[ $state == IN_SYNC ]] && continue
  drifted+=" $stack"
  {
    jq --raw-output '.DetectionStatusReason // empty' <<< "$result"
    echo '| Resource | Type | Status | Property | Should be | Is |'
    echo '| --- | --- | --- | --- | --- | --- |'
    aws cloudformation describe-stack-resource-drifts --stack-name "$stack" \
      --stack-resource-drift-status-filters MODIFIED DELETED --output json |
      jq --raw-output '.StackResourceDrifts[]
        | [.LogicalResourceId, .ResourceType, .StackResourceDriftStatus] as $resource
        | (.PropertyDifferences // [] | if . == [] then [{}] else . end)[]
        | $resource + [.PropertyPath // "", .ExpectedValue // "", .ActualValue // "" | gsub("[|\\s]+"; " ")]
        | "| " + join(" | ") + " |"'
    echo
  } >> "$GITHUB_STEP_SUMMARY"
done
if [[ -n $drifted ]]; then
  echo "::error::these stacks are not what they should be:$drifted; the summary says where, deploy them again to set it right"
  exit 1
fi
