#!/usr/bin/env bash
# Deploys every stack of every system with the real AWS CLI to two local stand-ins of AWS, on loopback, at the same
# time; deploy.py tells what is shown on which. Then come three ordinary changes, and all is deleted.
set -euo pipefail
cd "$(dirname "$0")/.."
CHECKERS=$PWD/.checkers
RUN=$CHECKERS/deploy
rm -rf "$RUN"
mkdir -p "$RUN"
cargo run --locked --quiet --package synth --example changes -- "$RUN/rendered"

# boto3 comes with moto.
deploy() { "$CHECKERS/py/moto/bin/python" -B .ci/deploy.py "$1" "$CHECKERS" "$RUN/rendered" >"$RUN/$1.log" 2>&1 </dev/null; }
deploy moto &
moto=$!
deploy ministack &
ministack=$!
failed=0
wait "$moto" || failed=1
wait "$ministack" || failed=1
cat "$RUN/moto.log" "$RUN/ministack.log"
exit "$failed"
