#!/usr/bin/env bash
# Many more at once than it can serve: it serves some, refuses the others as busy, and is there for all when they are gone.
ulimit -S -n "$(ulimit -H -n)"
at=http://127.0.0.1:$PORT$HEALTH
timeout 15 ab -q -l -k -r -n 1000000 -c 1500 "$at" > "$RUNNER_TEMP/overload.txt" 2>&1 &
crowd=$!
declare -A codes=()
while true; do
  code=$(curl --silent --output "$RUNNER_TEMP/answer" --max-time 10 --write-out '%{http_code}' "$at" || true)
  codes[$code]=$((${codes[$code]:-0} + 1))
  kill -0 "$crowd" 2> "$RUNNER_TEMP/gone" || break
  sleep 0.1
done
wait "$crowd" || true
bad=0
echo '### Answers to others while a crowd asks' | tee --append "$GITHUB_STEP_SUMMARY"
for code in "${!codes[@]}"; do
  echo "- $code: ${codes[$code]}" | tee --append "$GITHUB_STEP_SUMMARY"
  [[ $code == 200 || $code == 503 ]] || bad=1
done
curl --fail --silent --show-error --max-time 10 --retry 5 --retry-all-errors "$at"
[[ $(docker inspect --format '{{.State.Running}} {{.RestartCount}}' trial) == 'true 0' ]] || bad=1
if ((bad)); then
  echo '::error::a crowd gets answers other than 200 and 503, or stops it'
  exit 1
fi
