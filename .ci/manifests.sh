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

# What the policies let through, compared with what is stated by one of the judges.
connects() {
    local folder=$CHECKERS/connections
    rm -rf "$folder"
    mkdir -p "$folder"
    judge "$1" "$folder" "${@:2}" || return
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
    version=$(sed -n 's/^ *pod-security.kubernetes.io\/enforce-version: v//p' "$1"/*.yaml | sort -u)
    kubernetes-validate --strict --kubernetes-version "$version" "$1"/*.yaml &&
        echo "valid in $version"
}

# What a folder of overlays is applied as, all of one cluster, with what its machines start with: builds FOLDER INTO.
builds() {
    local kustomization
    mkdir -p "$2"
    while read -r kustomization; do
        kubectl kustomize "$(dirname "$kustomization")" >"$2/$(basename "$(dirname "$kustomization")").yaml"
    done < <(find "$1" -name kustomization.yaml -not -path "$1/base/*")
    cp "$1"/../infra/cluster/*.yaml "$2"
}

mapfile -t folders < <(find "$@" -type d -name k8s | sort)
[ ${#folders[@]} -gt 0 ] || { echo "there are no manifests in $*"; exit 1; }
rm -rf "$CHECKERS/built"
for number in "${!folders[@]}"; do
    folder=${folders[number]}
    echo "-- $folder"
    infra=$(dirname "$folder")/infra
    if [ -d "$folder/overlays" ]; then
        builds "$folder" "$CHECKERS/built/$number/k8s"
        folder=$CHECKERS/built/$number/k8s
        folders[number]=$folder
    fi
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
    if [ -d "$infra" ]; then
        quietly connects connections_of_machines "$infra" "${all[@]}"
        continue
    fi
    # Beside the manifests, or in the folder of the one environment.
    network=$(find "$(dirname "$folder")" -maxdepth 2 -name network.template.json)
    quietly connects connections "$network" "${all[@]}"
done
# It takes seconds to start, and passes over hidden folders, so that none may stand in the way to a copy.
rm -rf .checkers/manifests
mkdir -p .checkers/manifests
for folder in "${folders[@]}"; do
    copy=.checkers/manifests/${folder#"$CHECKERS/"}
    mkdir -p "$copy"
    cp --recursive "$folder/." "$copy"
done
checkov --directory .checkers/manifests --framework kubernetes --skip-download --compact --quiet | tee "$CHECKERS/judge.log"
grep --quiet 'Passed checks: [1-9]' "$CHECKERS/judge.log"
