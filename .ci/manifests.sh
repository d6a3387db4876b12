#!/usr/bin/env bash
# Judges every rendering of manifests below the folders by programs that know nothing of synth.
set -euo pipefail
cd "$(dirname "$0")/.."
CHECKERS=$PWD/.checkers
export LOG_LEVEL=CRITICAL

judge() { "$CHECKERS/py/manifests/bin/python" -B ".ci/kubernetes/$1.py" "${@:2}"; }

# Fails with what a program said, and tells its last line otherwise.
quietly() {
    "$@" >"$CHECKERS/judge.log" 2>&1 || { cat "$CHECKERS/judge.log"; exit 1; }
    tail -n 1 "$CHECKERS/judge.log"
}

# What the policies let through, compared with what is stated.
connects() {
    local folder=$CHECKERS/connections
    rm -rf "$folder"
    mkdir -p "$folder"
    judge connections "$folder" "$@" || return
    for policy in "$folder"/{must,never}*.yaml; do
        question=permits
        [[ $policy != */never* ]] || question=forbids
        nca "--$question" "$policy" --base_np_list "$folder/all.yaml" \
            --ns_list "$folder/all.yaml" --pod_list "$folder/all.yaml" || return
    done
    echo "what must connect does, and nothing else"
}

# Schemas, where there are some; what has none is left to the judge of custom resources.
validates() {
    local version
    version=$(sed -n 's/^ *pod-security.kubernetes.io\/enforce-version: v//p' "$1"/*-namespace.yaml | sort -u)
    kubernetes-validate --strict --kubernetes-version "$version" "$1"/*.yaml &&
        echo "valid in $version"
}

mapfile -t folders < <(find "$@" -type d -name k8s | sort)
[ ${#folders[@]} -gt 0 ] || { echo "there are no manifests in $*"; exit 1; }
for folder in "${folders[@]}"; do
    echo "-- $folder"
    # What operators take stands beside them.
    mapfile -t all < <(find "$(dirname "$folder")" -maxdepth 2 \( -path "$folder/*.yaml" -o -name external-secrets.yaml \
        -o -name prometheus-config.yaml -o -name security-scanning.yaml -o -path '*/operators/namespaces.yaml' \) | sort)
    # What is installed for all environments, and what each is told.
    mapfile -t operators < <(find "$(dirname "$folder")/operators" "$(dirname "$folder")/../operators" -maxdepth 1 \
        \( -name lock.json -o -name '*-values.yaml' \) 2>/dev/null | sort -u)
    quietly validates "$folder"
    quietly judge custom "$CHECKERS/shapes.json" "${all[@]}"
    quietly judge pod_security "$folder"/*.yaml
    quietly judge links "${all[@]}" "${operators[@]}"
    quietly judge trivy "$folder"/*.yaml
    # Beside the manifests, or in the folder of the one environment.
    network=$(find "$(dirname "$folder")" -maxdepth 2 -name network.template.json)
    quietly connects "$network" "${all[@]}"
done
# It takes seconds to start, and passes over an absolute path with a hidden folder in it.
rm -rf .checkers/manifests
mkdir -p .checkers/manifests
cp --recursive --parents "${folders[@]}" .checkers/manifests
checkov --directory .checkers/manifests --framework kubernetes --skip-download --compact --quiet | tee "$CHECKERS/judge.log"
grep --quiet 'Passed checks: [1-9]' "$CHECKERS/judge.log"
