#!/usr/bin/env bash
docker stop -t 60 trial
ended=$(docker inspect --format '{{.State.ExitCode}} {{.State.OOMKilled}}' trial)
if [[ $ended != '0 false' ]]; then
  echo "::error::it did not stop by itself when it was told to: $ended"
  exit 1
fi
