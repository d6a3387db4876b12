#!/usr/bin/env bash
# A branch leads to one environment, so that nothing gets past the branches before it.
while read -r branch namespace; do
  [[ $namespace != "$ENVIRONMENT" ]] ||
    echo "::error::$namespace is deployed from the branch $branch and from no other: run the workflow from that one"
done <<< "${BRANCHES%$'\n'}"
exit 1
