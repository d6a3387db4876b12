#!/usr/bin/env bash
# Releases wait for each other in the environment and not before it, so that an older one may come after a newer one.
running=$(kubectl get deployment "$NAME" --namespace "$NAMESPACE" --ignore-not-found \
  --output 'jsonpath={.metadata.labels.app\.kubernetes\.io/version}')
if ! [[ $running =~ ^[0-9a-f]{40}$ ]]; then
  echo "$NAME runs no commit yet"
  exit 0
fi
# A commit that GitHub does not know any more is not newer.
order=$(gh api "repos/$GITHUB_REPOSITORY/compare/$running...$COMMIT" --jq .status) || order=unknown
echo "seen from $running, which $NAME runs, $COMMIT is $order"
if [[ $order == behind ]]; then
  echo "::error::$NAME runs $running, which comes after $COMMIT: a release never goes back, a rollback does"
  exit 1
fi
