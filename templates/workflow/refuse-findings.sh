#!/usr/bin/env bash
# The file has only what is grave enough to stop here.
found=$(jq '[.runs[].results[]] | length' "$FINDINGS")
{
  echo "### $FINDINGS: $found"
  jq --raw-output 'def plain: tostring | gsub("[^A-Za-z0-9._/@+:-]"; "?");
    .runs[].results[] | "- `\(.ruleId | plain)` in `\(.locations[0].physicalLocation.artifactLocation.uri | plain)`"' "$FINDINGS"
} | tee --append "$GITHUB_STEP_SUMMARY"
if ((found > 0)); then
  echo "::error::$found grave findings in $FINDINGS: raise what has them, or say in .trivyignore why one does not apply"
  exit 1
fi
