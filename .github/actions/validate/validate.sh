#!/usr/bin/env bash
# Judges the files of PATHS, a line each, with the options of ARGUMENTS, a line each: annotations on standard output, a
# log for code scanning whose path is the output `sarif`.
set -euo pipefail

mapfile -t places < <(printf '%s' "$PATHS" | sed '/^$/d')
mapfile -t options < <(printf '%s' "$ARGUMENTS" | sed '/^$/d')
sarif="$RUNNER_TEMP/synth.sarif"
# What is wrong with the call is told by the second one.
synth validate --quiet --format sarif "${options[@]}" -- "${places[@]}" > "$sarif" 2> /dev/null || true
if [ -s "$sarif" ]; then
  echo "sarif=$sarif" >> "$GITHUB_OUTPUT"
fi
synth validate --format github "${options[@]}" -- "${places[@]}"
