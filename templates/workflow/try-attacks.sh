#!/usr/bin/env bash
# A bounded scan: what strangers try first. Each is refused, nothing breaks, and no other port is open.
at=http://127.0.0.1:$PORT
bad=0
refuses() { # WHAT curl's words...: an answer of 400 to 499, or none at all
  local code
  code=$(curl --silent --output /dev/null --max-time 10 --path-as-is --write-out '%{http_code}' "${@:2}" || true)
  echo "$1: $code"
  if ! [[ $code =~ ^4[0-9][0-9]$|^000$ ]]; then
    echo "::error::$1 is answered with $code"
    bad=1
  fi
}
refuses 'a path that is not there' "$at/.env"
refuses 'a file of the machine' "$at/../../../../etc/passwd"
refuses 'the same, disguised' "$at/%2e%2e/%2e%2e/etc/passwd%00.json"
refuses 'a method that shows headers' --request TRACE "$at$HEALTH"
refuses 'a method that deletes' --request DELETE "$at$HEALTH"
refuses 'a request for somebody else' --request CONNECT --request-target '169.254.169.254:80' "$at"
head --bytes 1000000 /dev/zero | tr '\0' 'a' > "$RUNNER_TEMP/long"
refuses 'a header of a megabyte' --header @<(printf 'X-Long: '; cat "$RUNNER_TEMP/long") "$at$HEALTH"
refuses 'a body where none belongs' --data-binary "@$RUNNER_TEMP/long" "$at$HEALTH"
refuses 'two lengths of one body' --header 'Content-Length: 5' --header 'Content-Length: 6' --data 12345 "$at$HEALTH"
refuses 'what is no number' --header 'Content-Length: -1' --request POST "$at$HEALTH"

process=$(docker inspect --format '{{.State.Pid}}' trial)
open=$(sudo cat "/proc/$process/net/tcp" "/proc/$process/net/tcp6" | awk '$4 == "0A" { split($2, at, ":"); print at[2] }' | sort -u)
for number in $open; do
  [[ $((16#$number)) != "$PORT" ]] || continue
  echo "::error::port $((16#$number)) is open, too"
  bad=1
done
curl --fail --silent --show-error --max-time 10 "$at$HEALTH"
[[ $(docker inspect --format '{{.State.Running}} {{.RestartCount}}' trial) == 'true 0' ]] || bad=1
exit "$bad"
