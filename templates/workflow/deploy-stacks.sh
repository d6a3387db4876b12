#!/usr/bin/env bash
while read -r stack template capabilities; do
  echo "::group::$stack"
  # What a run that was cut off began goes on without it. What never came to be cannot be changed, only deleted.
  state() {
    aws cloudformation describe-stacks --stack-name "$stack" --query 'Stacks[0].StackStatus' --output text 2> error.txt ||
      { grep --quiet 'does not exist' error.txt || cat error.txt >&2; }
  }
  state=$(state)
  while [[ $state == *_IN_PROGRESS && $state != REVIEW_IN_PROGRESS ]]; do
    echo "$stack is $state: waiting for its end"
    sleep 20
    state=$(state)
  done
  case $state in
  ROLLBACK_COMPLETE | ROLLBACK_FAILED | DELETE_FAILED)
    echo "::error::$stack is $state and can only be deleted: aws cloudformation delete-stack --stack-name $stack --role-arn $EXECUTION_ROLE, then run this again"
    exit 1
    ;;
  UPDATE_ROLLBACK_FAILED)
    echo "::error::$stack is $state: set right what its events tell, aws cloudformation continue-update-rollback --stack-name $stack, then run this again"
    exit 1
    ;;
  esac
  # A parameter that is not given keeps its value: the image stays the one that runs.
  mapfile -t overrides < <(jq --raw-output '.[] | "\(.ParameterKey)=\(.ParameterValue)"' "$PARAMETERS")
  aws cloudformation deploy --stack-name "$stack" --template-file "$template" --role-arn "$EXECUTION_ROLE" \
    --no-fail-on-empty-changeset \
    ${overrides:+--parameter-overrides "${overrides[@]}"} \
    ${capabilities:+--capabilities "$capabilities"}
  # What never came to be must stay deletable, so that this comes last.
  [[ $KEEPING != kept ]] ||
    aws cloudformation update-termination-protection --stack-name "$stack" --enable-termination-protection > /dev/null
  echo "::endgroup::"
done <<< "${STACKS%$'\n'}"
