#!/usr/bin/env bash
while read -r stack template capabilities; do
  echo "::group::$stack"
  # A parameter that is not given keeps its value: the image stays the one that runs.
  mapfile -t overrides < <(jq --raw-output '.[] | "\(.ParameterKey)=\(.ParameterValue)"' "$PARAMETERS")
  aws cloudformation deploy --stack-name "$stack" --template-file "$template" --role-arn "$EXECUTION_ROLE" \
    --no-fail-on-empty-changeset \
    ${overrides:+--parameter-overrides "${overrides[@]}"} \
    ${capabilities:+--capabilities "$capabilities"}
  echo "::endgroup::"
done <<< "${STACKS%$'\n'}"
