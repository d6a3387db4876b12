#!/usr/bin/env bash
# Change sets are read and deleted, never executed: the role could not.
refused=
say() { printf '%s\n\n' "$@" | tee --append plan.md >> "$GITHUB_STEP_SUMMARY"; }

while read -r stack template capabilities; do
  say "### $stack"
  if ! aws cloudformation describe-stacks --stack-name "$stack" --output json > deployed.json 2> error.txt; then
    grep --quiet 'does not exist' error.txt || { cat error.txt; exit 1; }
    say "A new stack. Resources: $(jq '.Resources | length' "$template")."
    continue
  fi
  status=$(jq --raw-output '.Stacks[0].StackStatus' deployed.json)
  case $status in
  REVIEW_IN_PROGRESS)
    say "A new stack. Resources: $(jq '.Resources | length' "$template")."
    continue
    ;;
  ROLLBACK_COMPLETE | *_FAILED | *_IN_PROGRESS)
    say "Not planned: the stack is \`$status\`."
    continue
    ;;
  esac

  # What the file gives and what the stack has already; the rest has a default.
  jq --null-input --slurpfile template "$template" --slurpfile given "$PARAMETERS" --slurpfile deployed deployed.json '
    INDEX($given[0][]; .ParameterKey) as $given
    | INDEX($deployed[0].Stacks[0].Parameters // [] | .[]; .ParameterKey) as $kept
    | [$template[0].Parameters // {} | keys[]
      | $given[.] // (select($kept[.]) | {ParameterKey: ., UsePreviousValue: true})]' > parameters.json
  change_set=(--stack-name "$stack" --change-set-name "$CHANGE_SET")
  aws cloudformation create-change-set "${change_set[@]}" --template-body "file://$template" \
    --parameters file://parameters.json ${capabilities:+--capabilities "$capabilities"}
  # Waiting fails when nothing changes, too; the status tells which it is.
  aws cloudformation wait change-set-create-complete "${change_set[@]}" || true
  aws cloudformation describe-change-set "${change_set[@]}" --output json > change-set.json
  aws cloudformation delete-change-set "${change_set[@]}"

  reason=$(jq --raw-output '.StatusReason // ""' change-set.json)
  if [[ $(jq --raw-output .Status change-set.json) == CREATE_COMPLETE ]]; then
    say "$(jq --raw-output '"| Action | Resource | Type | Replacement |", "| --- | --- | --- | --- |",
      (.Changes[].ResourceChange
        | "| \(.Action) | \(.LogicalResourceId) | \(.ResourceType) | \(.Replacement // "") |")' change-set.json)"
  elif [[ $reason == *"didn't contain changes"* || $reason == *"No updates are to be performed"* ]]; then
    say "No changes."
  elif [[ $reason == *"No export named"* ]]; then
    # It is deployed after the stack that exports this, and only then can be planned.
    say "Not planned: it takes from a stack before it what that one does not export yet. $reason"
  else
    say "**Refused:** $reason"
    echo "::error::CloudFormation refuses the change of $stack: $reason"
    refused=yes
  fi
done <<< "${STACKS%$'\n'}"
[[ -z $refused ]]
