#!/usr/bin/env bash
# debian.sh PACKAGE...: installs those of Debian's packages that are not there, one call after the other.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
SUDO=()
[ "$(id -u)" = 0 ] || SUDO=(sudo)
exec 9>"${TMPDIR:-/tmp}/debian.$(id -u).lock"
flock 9
missing=()
for package in "$@"; do dpkg --status "$package" 2>/dev/null | grep -q '^Status: .* installed$' || missing+=("$package"); done
[ ${#missing[@]} = 0 ] && exit
"${SUDO[@]}" apt-get update -q
"${SUDO[@]}" apt-get install -y -q --no-install-recommends "${missing[@]}"
