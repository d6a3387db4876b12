#!/usr/bin/env bash
# Applies the manifests of a rendered repository to a real control plane with played nodes, by the scripts that are rendered
# with them; cluster.py tells what is shown. Needs .ci/control_plane.sh to have ended.
set -euo pipefail
cd "$(dirname "$0")/.."
CHECKERS=$PWD/.checkers
RUN=$CHECKERS/cluster
rm -rf "$RUN"
mkdir -p "$RUN"
cargo build --locked --quiet --package synth
"$CHECKERS/py/manifests/bin/python" -B .ci/cluster.py "$1" "$RUN" "$CHECKERS/bin" "${CARGO_TARGET_DIR:-$PWD/target}/debug/synth" </dev/null
