#!/usr/bin/env bash
# Lets a real Prometheus and Alertmanager watch the predictor that is published, by what is rendered for each system that
# has them; watching.py tells what is shown. Needs .ci/checkers.sh to have ended.
# usage: watching.sh FOLDER...
set -euo pipefail
cd "$(dirname "$0")/.."
CHECKERS=$PWD/.checkers
bash .ci/debian.sh openssl
cargo build --locked --quiet --profile dist --package predictor --bin predictor
found=0
while read -r file; do
    rm -rf "$CHECKERS/watching"
    mkdir -p "$CHECKERS/watching"
    "$CHECKERS/py/manifests/bin/python" -B .ci/watching.py "$(dirname "$(dirname "$file")")" "$CHECKERS/watching" \
        "${CARGO_TARGET_DIR:-$PWD/target}/dist/predictor" </dev/null
    found=1
done < <(find "$@" -path '*/monitoring/prometheus-config.yaml' | sort)
[ "$found" = 1 ] || { echo "no Prometheus watches anything" >&2; exit 1; }
