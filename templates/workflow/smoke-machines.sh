#!/usr/bin/env bash
if [[ -z $URLS ]]; then
  echo 'only the operators reach this environment: its pods say themselves that they are ready'
  exit 0
fi
read -ra asked <<< "$URLS"
for url in "${asked[@]}"; do
  echo "$url"
  curl --fail --silent --show-error --max-time 10 --retry 10 --retry-all-errors --retry-delay 5 --output /dev/null "$url"
done
