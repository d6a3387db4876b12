#!/usr/bin/env bash
# A stack that could not be looked at is no stack without drift, and must not hide what the others have.
say() { printf '%s\n' "$@" >> "$GITHUB_STEP_SUMMARY"; }

# What the look at a stack came to. Only a complete one tells of every resource.
detect() {
  local id result
  id=$(aws cloudformation detect-stack-drift --stack-name "$1" --query StackDriftDetectionId --output text) || return
  while true; do
    result=$(aws cloudformation describe-stack-drift-detection-status --stack-drift-detection-id "$id" --output json) || return
    [[ $(jq --raw-output .DetectionStatus <<< "$result") == DETECTION_IN_PROGRESS ]] || break
    sleep 5
  done
  echo "$result"
}

# A line of BY_DESIGN is a stack, a resource, a property, what it grows to at the most, and who changes it.
moves=$(jq --raw-input --null-input '[inputs
  | capture("^(?<stack>\\S+) (?<resource>\\S+) (?<property>\\S+) (?<most>\\S+) (?<why>.+)$")]' <<< "$BY_DESIGN")
unseen=
drifted=
while read -r stack; do
  if ! result=$(detect "$stack"); then
    result='{"DetectionStatusReason": "the detection did not start or was lost: the log says why"}'
  fi
  state=$(jq --raw-output '.StackDriftStatus // "UNKNOWN"' <<< "$result")
  if [[ $(jq --raw-output .DetectionStatus <<< "$result") != DETECTION_COMPLETE || ! $state =~ ^(IN_SYNC|DRIFTED)$ ]]; then
    unseen+=" $stack"
    say "### $stack: not looked at as a whole" '' "$(jq --raw-output '.DetectionStatusReason // empty' <<< "$result")" ''
  else
    say "### $stack: $state" ''
  fi
  [[ $state != IN_SYNC ]] || continue
  aws cloudformation describe-stack-resource-drifts --stack-name "$stack" --output json \
    --stack-resource-drift-status-filters MODIFIED DELETED > drifts.json || {
    unseen+=" $stack"
    continue
  }
  rows=$(jq --arg stack "$stack" --argjson moves "$moves" '
    def number: tonumber? // null;
    def meant($resource; $change): $moves[]
      | select(.stack == $stack and .resource == $resource.LogicalResourceId)
      | select($resource.StackResourceDriftStatus == "MODIFIED")
      | select(.property as $property | ($change.PropertyPath // "") + "/" | startswith("/\($property)/"))
      | select(.most == "-" or ($change.ActualValue | number) as $is
        | $is != null and $is <= (.most | tonumber) and $is >= ($change.ExpectedValue | number // 0))
      | .why;
    [.StackResourceDrifts[] | . as $resource | (.PropertyDifferences // [] | if . == [] then [{}] else . end)[]
      | {why: (first(meant($resource; .)) // ""), cells: [$resource.LogicalResourceId, $resource.ResourceType,
          $resource.StackResourceDriftStatus, .PropertyPath // "", .ExpectedValue // "", .ActualValue // ""]}]' drifts.json)
  say '| Resource | Type | Status | Property | Should be | Is | Changes by itself |' \
    '| --- | --- | --- | --- | --- | --- | --- |' \
    "$(jq --raw-output '.[] | "| " + (.cells + [.why] | map(gsub("[|\\s]+"; " ")) | join(" | ")) + " |"' <<< "$rows")" ''
  jq --exit-status 'length > 0 and all(.why != "")' <<< "$rows" > /dev/null || drifted+=" $stack"
done <<< "${STACKS%$'\n'}"
[[ -z $drifted ]] || echo "::error::these stacks are not what they should be:$drifted; the summary says where, deploy them again to set it right"
[[ -z $unseen ]] || echo "::error::these stacks could not be looked at as a whole:$unseen; the summary says why"
[[ -z $drifted$unseen ]]
