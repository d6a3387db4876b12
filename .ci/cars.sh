#!/usr/bin/env bash
# Runs the cars service over real MariaDB servers of its own, on loopback: the suite that SQLite passes too,
# users and rights, and faults under load. Run from anywhere; needs root or sudo, apt-get and Rust.
set -euo pipefail
cd "$(dirname "$0")/.."
LOG=$PWD/.checkers/mariadb.log
mkdir -p "$PWD/.checkers"
export PATH="$PATH:/usr/sbin" DEBIAN_FRONTEND=noninteractive

SUDO=()
[ "$(id -u)" = 0 ] || SUDO=(sudo)

if ! command -v mariadbd >/dev/null || ! command -v openssl >/dev/null; then
    { "${SUDO[@]}" apt-get update -q && "${SUDO[@]}" apt-get install -y -q --no-install-recommends mariadb-server openssl; } >"$LOG" 2>&1 \
        || { tail -n 20 "$LOG"; exit 1; }
fi
mariadbd --no-defaults --version

cargo clippy --locked --quiet --package cars --all-targets --features mariadb -- --deny warnings
timeout 600 cargo test --locked --package cars --features mariadb --test mariadb
