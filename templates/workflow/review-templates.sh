#!/usr/bin/env bash
# A pull request is checked out as its merge, of which the first parent is the branch that it goes into.
read -ra command <<< "$SYNTH"
"${command[@]}" diff HEAD^1..HEAD --system "$SYSTEM" --format markdown > review.md
cat review.md >> "$GITHUB_STEP_SUMMARY"
