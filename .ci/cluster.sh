#!/usr/bin/env bash
# Applies the manifests of rendered repositories to a real control plane with played nodes: those of the predictor by the
# scripts that are rendered with them (cluster.py), those of the healthcare API as a person does (cluster_by_hand.py). The
# first of the repositories that has a system counts. Needs .ci/control_plane.sh to have ended.
# usage: cluster.sh REPOSITORY...
set -euo pipefail
cd "$(dirname "$0")/.."
CHECKERS=$PWD/.checkers
RUN=$CHECKERS/cluster
rm -rf "$RUN"
mkdir -p "$RUN"/{released,by-hand}

with() { # with SYSTEM REPOSITORY...: the first that has it
    local system=$1 one
    shift
    for one in "$@"; do [ ! -d "$one/out/$system" ] || { echo "$one" && return; }; done
    echo "nobody has $system" >&2
    return 1
}

cargo build --locked --quiet --package synth
python=$CHECKERS/py/manifests/bin/python
predictor=$(with predictor "$@")
healthcare=$(with healthcare-api "$@")
"$python" -B .ci/cluster.py "$predictor" "$RUN/released" "$CHECKERS/bin" "${CARGO_TARGET_DIR:-$PWD/target}/debug/synth" </dev/null
"$python" -B .ci/cluster_by_hand.py "$healthcare" healthcare-api "$RUN/by-hand" "$CHECKERS/bin" </dev/null
