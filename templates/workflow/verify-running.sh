#!/usr/bin/env bash
for attempt in {1..30}; do
  read -ra tasks <<< "$(aws ecs list-tasks --cluster "$CLUSTER" --service-name "$SERVICE" --desired-status RUNNING \
    --max-items 100 --output json |
    jq --raw-output '.taskArns | join(" ")')"
  if [[ ${#tasks[@]} -gt 0 ]]; then
    running=$(aws ecs describe-tasks --cluster "$CLUSTER" --tasks "${tasks[@]}" --output json)
    if jq --exit-status --arg container "$CONTAINER" --argjson released "$DIGESTS" \
      '[.tasks[].containers[] | select(.name == $container) | .imageDigest] | length > 0 and all(IN($released[]))' \
      <<< "$running" > /dev/null; then
      echo "${#tasks[@]} tasks of \`$SERVICE\` run \`$DIGEST\`." >> "$GITHUB_STEP_SUMMARY"
      exit 0
    fi
  fi
  echo "attempt $attempt: not every task runs $DIGEST yet"
  sleep 10
done
echo "::error::the tasks of $SERVICE do not run $DIGEST: ECS may have rolled the deployment back, see its events"
exit 1
