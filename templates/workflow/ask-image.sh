#!/usr/bin/env bash
read -ra asked <<< "$PATHS"
for path in "${asked[@]}"; do
  echo "$path"
  curl --fail --silent --show-error --max-time 10 --output "$RUNNER_TEMP/answer" "http://127.0.0.1:$PORT$path"
  head --bytes 300 "$RUNNER_TEMP/answer"
  echo
done
# The pods say so themselves; whoever runs the image otherwise is safe, too.
user=$(docker image inspect --format '{{.Config.User}}' trial:commit)
if ! [[ $user =~ ^[1-9][0-9]*(:[1-9][0-9]*)?$ ]]; then
  echo "::error::the image runs as ${user:-root}: it needs a user by number that is not 0"
  exit 1
fi
