#!/usr/bin/env bash
scratch=$(mktemp -d)
cloudformation() { aws cloudformation "$@"; }

state() {
  cloudformation describe-stacks --stack-name "$1" --query 'Stacks[0].StackStatus' --output text 2> "$scratch/error" ||
    { grep --quiet 'does not exist' "$scratch/error" || cat "$scratch/error" >&2; }
}

deploy() {
  local stack=$1 template=$2 capabilities=${3-} state used overrides
  echo "::group::$stack"
  # What a run that was cut off began goes on without it. What never came to be cannot be changed, only deleted.
  state=$(state "$stack")
  while [[ $state == *_IN_PROGRESS && $state != REVIEW_IN_PROGRESS ]]; do
    echo "$stack is $state: waiting for its end"
    sleep 20
    state=$(state "$stack")
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
  if [[ -n $state && $state != REVIEW_IN_PROGRESS ]]; then
    # What has come to be is protected from now on; before, a rollback has to be able to delete it.
    overrides+=(DeletionProtection=true)
    used=$(in_use "$stack" "$template")
    if [[ -n $used ]]; then
      printf 'it keeps what other stacks still import: %s\n' "$used"
      later=("$*" "${later[@]}")
      with_what_is_in_use "$stack" "$template" "$used" > "$scratch/$stack.json"
      template=$scratch/$stack.json capabilities=CAPABILITY_NAMED_IAM
    fi
  elif jq --exit-status .Parameters.DeletionProtection "$template" > /dev/null; then
    later=("$*" "${later[@]}")
  fi
  aws cloudformation deploy --stack-name "$stack" --template-file "$template" --role-arn "$EXECUTION_ROLE" \
    --no-fail-on-empty-changeset \
    ${overrides:+--parameter-overrides "${overrides[@]}"} \
    ${capabilities:+--capabilities "$capabilities"}
  # What never came to be must stay deletable, so that this comes last.
  [[ $KEEPING != kept ]] ||
    aws cloudformation update-termination-protection --stack-name "$stack" --enable-termination-protection > /dev/null
  echo "::endgroup::"
}

later=()
while read -r stack template capabilities; do
  deploy "$stack" "$template" "$capabilities"
done <<< "${STACKS%$'\n'}"
# Once more, the last one first: what was kept goes, and what has just come to be is protected.
again=("${later[@]}") later=()
for words in "${again[@]}"; do
  read -r stack template capabilities <<< "$words"
  deploy "$stack" "$template" "$capabilities"
done
for words in "${later[@]}"; do
  echo "::warning::${words%% *} keeps what a stack that is not deployed here imports; delete that stack, and run this again"
done
