#!/usr/bin/env bash
# Reviews what changes since BASE: into the summary of the job, and into the file of the output `review`. With FAIL_ON,
# a line each, it fails if that happens.
set -euo pipefail

if [ -z "$BASE" ]; then
  echo "::error::there is nothing to compare with: the event is no pull request, so give \`base\`" >&2
  exit 2
fi
mapfile -t fails < <(printf '%s' "$FAIL_ON" | sed '/^$/d; s/^/--fail-on=/')
review="$RUNNER_TEMP/synth-review.md"
code=0
synth diff --format markdown "${fails[@]}" "$BASE...HEAD" > "$review" || code=$?
if [ -s "$review" ]; then
  cat "$review" >> "$GITHUB_STEP_SUMMARY"
  echo "review=$review" >> "$GITHUB_OUTPUT"
fi
exit "$code"
