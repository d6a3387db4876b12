#!/usr/bin/env bash
# A report must not hide the failure that it reports, so each part may fail by itself.
set +e
read -ra tasks <<< "$(aws ecs list-tasks --cluster "$CLUSTER" --service-name "$SERVICE" --desired-status STOPPED \
  --max-items 20 --output json |
  jq --raw-output '.taskArns | join(" ")')"
{
  echo "### Stopped tasks of $SERVICE"
  if [[ ${#tasks[@]} -gt 0 ]]; then
    aws ecs describe-tasks --cluster "$CLUSTER" --tasks "${tasks[@]}" --output json |
      jq --raw-output '.tasks | sort_by(.stoppedAt)[] |
        "- \(.stoppedAt): \(.stoppedReason)", (.containers[] | "  - \(.name): exit code \(.exitCode // "none") \(.reason // "")")'
  fi
  echo
  echo "### Last log lines of $LOG_GROUP"
  if [[ $PRIVATE == true ]]; then
    echo '```text'
    aws logs filter-log-events --log-group-name "$LOG_GROUP" --start-time "$((($(date +%s) - 1800) * 1000))" \
      --query 'events[].message' --output json | jq --raw-output '.[-50:][] | gsub("```"; "")'
    echo '```'
  else
    # What a service logs may be about its users.
    echo "Everybody can read this summary: \`aws logs tail $LOG_GROUP --since 30m\` tells them."
  fi
} >> "$GITHUB_STEP_SUMMARY"
