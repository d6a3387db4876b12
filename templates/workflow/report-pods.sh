#!/usr/bin/env bash
# A report must not hide the failure that it reports, so each part may fail by itself.
set +e
{
  echo "### Pods of $NAME"
  kubectl get pods --namespace "$NAMESPACE" --selector "app.kubernetes.io/name=$NAME" --output json |
    jq --raw-output '.items[] | "- \(.metadata.name): \(.status.phase)",
      (.status.containerStatuses // [] | .[] | "  - \(.name): \(.restartCount) restarts, \(.state | tojson)")'
  echo
  echo '### What the cluster says'
  kubectl get events --namespace "$NAMESPACE" --output json |
    jq --raw-output '[.items[] | select(.type == "Warning")] | sort_by(.lastTimestamp // .eventTime)[-20:][]
      | "- \(.lastTimestamp // .eventTime) \(.involvedObject.kind) \(.involvedObject.name): \(.reason), \(.message | gsub("[\\s]+"; " "))"'
  echo
  echo '### Last log lines'
  if [[ $PRIVATE == true ]]; then
    echo '~~~text'
    kubectl logs "deployment/$NAME" --namespace "$NAMESPACE" --tail 50 | sed 's/~~~//g'
    echo '~~~'
  else
    # What a service logs may be about its users.
    echo "Everybody can read this summary: \`kubectl logs deployment/$NAME --namespace $NAMESPACE --tail 50\` tells them."
  fi
} >> "$GITHUB_STEP_SUMMARY"
