#!/usr/bin/env bash
# Every operation of its document, with requests that it must take and ones that it must refuse. Each package is one
# file, whose sum is written down.
python3 -m venv "$RUNNER_TEMP/schemathesis"
"$RUNNER_TEMP/schemathesis/bin/pip" install --quiet --disable-pip-version-check --no-deps --only-binary :all: \
  --require-hashes --requirement "$REQUIREMENTS"
settings=()
[[ -z $EXPECTS ]] || settings=(--config-file "$EXPECTS")
"$RUNNER_TEMP/schemathesis/bin/schemathesis" "${settings[@]}" run "http://127.0.0.1:$PORT$CONTRACT" \
  --checks all --max-examples 50 --seed 1 --no-color
