#!/usr/bin/env bash
# Releases wait for each other in the environment and not before it, so that an older one may come after a newer one.
# GitHub tells the newest first. What succeeded becomes inactive with the next success.
all=repos/$GITHUB_REPOSITORY/deployments
deployments=$(gh api "$all?environment=$ENVIRONMENT&per_page=50" --jq '.[] | "\(.id) \(.sha)"')
while read -r id commit; do
  [[ -n $id ]] || continue
  state=$(gh api "$all/$id/statuses?per_page=1" --jq '.[0].state // "none"')
  [[ $state == success || $state == inactive ]] || continue
  # A commit that GitHub does not know any more is not newer.
  order=$(gh api "repos/$GITHUB_REPOSITORY/compare/$commit...$GITHUB_SHA" --jq .status) || order=unknown
  echo "seen from $commit, which was deployed last, $GITHUB_SHA is $order"
  if [[ $order == behind ]]; then
    echo "::error::$ENVIRONMENT got $commit, which comes after $GITHUB_SHA: a release never goes back, a rollback does"
    exit 1
  fi
  exit 0
done <<< "$deployments"
echo "nothing was deployed to $ENVIRONMENT yet"
