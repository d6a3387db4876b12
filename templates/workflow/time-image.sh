#!/usr/bin/env bash
# Within the limits of processor and memory that it was started with. A few clients first, then as many as it can serve.
sudo apt-get update -qq
sudo apt-get install -qq --no-install-recommends apache2-utils
slow=0
ask() { # PATH ab's words...
  ab -q -l "${@:2}" "http://127.0.0.1:$PORT$1" > "$RUNNER_TEMP/ab.txt"
  if grep --quiet 'Non-2xx' "$RUNNER_TEMP/ab.txt" || ! grep --quiet '^Failed requests: *0$' "$RUNNER_TEMP/ab.txt"; then
    cat "$RUNNER_TEMP/ab.txt"
    exit 1
  fi
}
say() { echo "$1" | tee --append "$GITHUB_STEP_SUMMARY"; }
say "### Times on $CPUS processors"
while read -r path most; do
  [[ -n $path ]] || continue
  ask "$path" -n 1000 -c 4 -e "$RUNNER_TEMP/shares.csv"
  took=$(awk -F , '$1 == 95 { print $2 }' "$RUNNER_TEMP/shares.csv")
  say "- \`$path\`: 95 of 100 answers within $took ms, and at most $most are allowed"
  awk -v took="$took" -v most="$most" 'BEGIN { exit !(took != "" && took + 0 < most + 0) }' || slow=1
  ask "$path" -k -n 20000 -c 32
  answered=$(awk '$1 == "Requests" { print $4 }' "$RUNNER_TEMP/ab.txt")
  say "- \`$path\`: $answered answers a second, and at least $RATE are asked for"
  awk -v rate="$answered" -v least="$RATE" 'BEGIN { exit !(rate + 0 > least + 0) }' || slow=1
done <<< "$ANSWERS"
if ((slow)); then
  echo '::error::it is slower than it may be'
  exit 1
fi
