#!/usr/bin/env bash
# The cluster says what it would make of the manifests: 0 is nothing, 1 is a difference, more is an error.
chosen=()
for file in $FILES; do
  [[ ! -f $RUNNER_TEMP/manifests/$file ]] || chosen+=(--filename "$RUNNER_TEMP/manifests/$file")
done
code=0
changes=$(kubectl diff --server-side --field-manager synth "${chosen[@]}") || code=$?
if ((code > 1)); then
  echo "::error::the cluster refuses the change of the manifests: what cannot be changed must be deleted and made anew"
  exit "$code"
fi
{
  echo '### What changes in the cluster'
  echo
  if ((code == 0)); then
    echo 'Nothing.'
  else
    printf '~~~diff\n%s\n~~~\n' "$changes"
  fi
} >> "$GITHUB_STEP_SUMMARY"
