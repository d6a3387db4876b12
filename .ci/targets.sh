#!/usr/bin/env bash
# Measures the predictor that is published at the processor time of a pod, and holds it to S3.78 and S3.79.
# usage: targets.sh DEPLOYMENT   (a rendered manifest; needs root or sudo, python3 and PyYAML)
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --locked --quiet --profile dist --package predictor --bin predictor
.checkers/py/manifests/bin/python -B .ci/targets.py "$1" \
    "${CARGO_TARGET_DIR:-$PWD/target}/dist/predictor" </dev/null
