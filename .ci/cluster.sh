#!/usr/bin/env bash
# Applies the manifests that are rendered to a real control plane with played nodes: those of the predictor by the scripts
# that are rendered with them (cluster.py), those of the healthcare API as a person does (cluster_by_hand.py). Needs
# .ci/control_plane.sh to have ended.
set -euo pipefail
cd "$(dirname "$0")/.."
CHECKERS=$PWD/.checkers
RUN=$CHECKERS/cluster
rm -rf "$RUN"
mkdir -p "$RUN"/{released,by-hand}

cargo build --locked --quiet --package synth
python=$CHECKERS/py/manifests/bin/python
"$python" -B .ci/cluster.py . "$RUN/released" "$CHECKERS/bin" "${CARGO_TARGET_DIR:-$PWD/target}/debug/synth" </dev/null
"$python" -B .ci/cluster_by_hand.py . healthcare-api "$RUN/by-hand" "$CHECKERS/bin" </dev/null
