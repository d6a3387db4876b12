#!/usr/bin/env bash
# Holds what machines of one's own do, and the scripts of whoever keeps them, to what they promise: by cloud-init's own schema
# and shellcheck, with the scripts on played machines, and with deployments of all environments by the rendered workflow, a real
# OpenSSH and the real control plane. Needs .ci/checkers.sh and .ci/control_plane.sh to have ended.
set -euo pipefail
cd "$(dirname "$0")/.."
CHECKERS=$PWD/.checkers
RUN=$CHECKERS/machines
python=$CHECKERS/py/manifests/bin/python
rm -rf "$RUN"
mkdir -p "$RUN/schema"
bash .ci/debian.sh openssh-client openssh-server openssl jq

# The schema stands in cloud-init's package, which is not installed: it would take this machine for a new one.
(cd "$RUN/schema" && apt-get download -q cloud-init && dpkg -x cloud-init_*.deb .)
schema=$(find "$RUN/schema" -name 'schema-cloud-config-v1.json')
for version in 1.30 1.33 1.36; do
    cargo run --locked --quiet --package synth --example machines -- "$RUN/$version" "$version"
    infra=$RUN/$version/out/fastapi-devops/infra
    check-jsonschema --schemafile "$schema" "$infra"/cloud-init/*.yaml
    "$python" -B .ci/machines/embedded.py "$RUN/$version/on" "$infra"/cloud-init/*.yaml >"$RUN/$version/machines"
    find "$RUN/$version/on" -path '*/usr/local/*' -type f -exec shellcheck {} +
    shellcheck "$infra"/*.sh
    "$python" -B .ci/machines/starts.py "$infra"
done
infra=$RUN/1.30/out/fastapi-devops/infra
"$python" -B .ci/machines/keeps.py "$infra"
machine=$(head -n 1 "$RUN/1.30/machines")
"$python" -B .ci/machines/approves.py "$machine"
cargo build --locked --quiet --package predictor --bin predictor
"$python" -B .ci/machines/deploys.py "$RUN/1.30" "$machine" "$RUN/deploys" "$CHECKERS/bin" \
    "${CARGO_TARGET_DIR:-$PWD/target}/debug/predictor" </dev/null
