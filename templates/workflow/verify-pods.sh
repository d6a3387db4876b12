#!/usr/bin/env bash
for attempt in {1..30}; do
  pods=$(kubectl get pods --namespace "$NAMESPACE" --selector "app.kubernetes.io/name=$NAME" --output json)
  if jq --exit-status --arg name "$NAME" --argjson released "$DIGESTS" '
    [.items[] | select(.metadata.deletionTimestamp == null) | .status.containerStatuses // [] | .[]
      | select(.name == $name) | .imageID | sub(".*@"; "")]
    | length > 0 and all(IN($released[]))' <<< "$pods" > /dev/null; then
    echo "$(jq '.items | length' <<< "$pods") pods of \`$NAME\` run \`$DIGEST\`." >> "$GITHUB_STEP_SUMMARY"
    exit 0
  fi
  echo "attempt $attempt: not every pod runs $DIGEST yet"
  sleep 10
done
echo "::error::the pods of $NAME do not run $DIGEST"
exit 1
