#!/usr/bin/env bash
chosen=()
for file in $FILES; do
  [[ ! -f $RUNNER_TEMP/manifests/$file ]] || chosen+=(--filename "$RUNNER_TEMP/manifests/$file")
done
deployment() { kubectl get deployment "$NAME" --namespace "$NAMESPACE" --ignore-not-found --output json; }
apply() { kubectl apply --server-side --field-manager synth "${chosen[@]}"; }
# It fails as soon as the Deployment has made no progress for its own deadline.
is_there() { kubectl rollout status "deployment/$NAME" --namespace "$NAMESPACE" --timeout 15m; }
image() {
  jq --raw-output --arg name "$NAME" \
    '.spec.template.spec.containers[] | select(.name == $name).image | sub(".*@"; "")'
}
tag() { jq --raw-output '.metadata.labels["app.kubernetes.io/version"]'; }
# What becomes of the way back, in words that people are told: the last one counts. Where a job is run again and says none,
# GitHub has that of the run before (https://github.com/actions/runner/issues/2598).
goes_back() { echo "rollback=$1" >> "$GITHUB_OUTPUT"; }

goes_back "nowhere"
before=$(deployment)
apply
now=$(deployment)
if [[ -z $now ]]; then
  echo 'there is no image yet, and so nothing to wait for'
  exit 0
fi
! is_there || exit 0
if [[ -z $before || $(image <<< "$before") == "$(image <<< "$now")" ]]; then
  echo "::error::the new pods of $NAME take no requests, and there is no other image to go back to; the pods before them, if there are any, still do"
  exit 1
fi
# Back to the image before, by the same way: what is in the files otherwise stays as it is.
echo "::error::the new pods of $NAME take no requests: it goes back to $(tag <<< "$before")"
sed --in-place --expression "s|$(image <<< "$now")|$(image <<< "$before")|g" \
  --expression "s|$(tag <<< "$now")|$(tag <<< "$before")|g" "$RUNNER_TEMP"/manifests/*.yaml
goes_back "failed"
apply
is_there
goes_back "done"
exit 1
