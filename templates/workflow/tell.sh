#!/usr/bin/env bash
# Fixed words, numbers and ids: nothing that somebody wrote, no message of a commit and no name of a branch, gets there.
if ! [[ $WEBHOOK =~ ^https://hooks\.slack(-gov)?\.com/[A-Za-z0-9/_-]+$ ]]; then
  echo "::error::nobody is told: give the address that Slack made for the channel with gh secret set SLACK_WEBHOOK_URL --env $ENVIRONMENT"
  exit 1
fi
message=$(jq --null-input --compact-output --argjson jobs "$JOBS" --arg system "$SYSTEM" \
  --arg event "$GITHUB_EVENT_NAME" --arg commit "$GITHUB_SHA" --arg number "$GITHUB_RUN_NUMBER" \
  --arg run "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID" '
  def ended(how): [$jobs | to_entries[] | select(.value.result == how) | .key];
  def went_back(how): any($jobs[]; .result == "failure" and .outputs.rollback? == how);
  ($event == "workflow_dispatch") as $back |
  (if $back then "rollback" else "release of \($commit[:12])" end) as $what |
  (if went_back("failed") then ", and what ran before does not run again: look at it now"
   elif went_back("done") then " and was rolled back: what ran before runs again"
   else "" end) as $since |
  (if ended("failure") != [] then "failed in \(ended("failure") | join(", "))\($since)"
   elif ended("cancelled") != [] then "was cancelled in \(ended("cancelled") | join(", "))"
   elif $back then "succeeded: \(ended("success") | join(", "))"
   else "succeeded" end) as $how |
  {text: "\($system): \($what) \($how). Run \($number): \($run)"}')
echo "$message"
# The address is a secret: it stands neither in the words of a command nor in a file.
curl --config <(printf 'url = "%s"\n' "$WEBHOOK") --fail --silent --show-error --max-time 20 --retry 3 \
  --header 'Content-Type: application/json' --data "$message"
