#!/usr/bin/env bash
# A report must not hide the failure that it reports, so each stack may fail by itself.
set +e
for stack in $STACKS; do
  {
    echo "### Failed resources of $stack"
    echo
    echo '| Resource | Type | Status | Reason |'
    echo '| --- | --- | --- | --- |'
    # Newest first: what stands before the last start belongs to the operation that failed.
    aws cloudformation describe-stack-events --stack-name "$stack" --max-items 200 --output json |
      jq --raw-output '.StackEvents
        | .[:(map(.ResourceStatusReason == "User Initiated") | index(true)) // length]
        | reverse[] | select(.ResourceStatus | endswith("_FAILED"))
        | [.LogicalResourceId, .ResourceType, .ResourceStatus, (.ResourceStatusReason // "" | gsub("[|\\s]+"; " "))]
        | "| " + join(" | ") + " |"'
    echo
  } >> "$GITHUB_STEP_SUMMARY"
done
