#!/usr/bin/env bash
# Counts the instructions that synth takes and holds them against .ci/instructions.txt: time says little on a busy
# machine, and instructions say the same on every day. The numbers are those of x86-64 with AVX2 and of the release
# profile; another compiler, or a C library with other copies of its functions, moves them by a percent or two.
# `bash .ci/instructions.sh --update` writes the numbers anew: after a gain, after a change that is worth what it
# takes, and after one of what is rendered or of the compiler.
set -euo pipefail
cd "$(dirname "$0")/.."
NUMBERS=.ci/instructions.txt
SYNTH=${CARGO_TARGET_DIR:-$PWD/target}/release/synth
# More than this above its number, in percent, is a failure.
MOST=3

cargo build --locked --quiet --release --package synth

count() { # count ARGUMENT...: the instructions of one run of synth
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$SYNTH" "$@" 2>&1 >/dev/null </dev/null |
        sed -n 's/.* Collected : \([0-9]*\)$/\1/p'
}

lines=() failed=0
while read -r known arguments; do
    read -ra words <<<"$arguments"
    now=$(count "${words[@]}") || { echo "synth $arguments fails" >&2; exit 1; }
    lines+=("$now $arguments")
    change=$(((now - known) * 1000 / known))
    printf '%s: %s million instructions, %s.%s %% %s than committed\n' "synth $arguments" $((now / 1000000)) \
        $((${change#-} / 10)) $((${change#-} % 10)) "$([ "$change" -lt 0 ] && echo fewer || echo more)"
    [ $(((now - known) * 100)) -le $((known * MOST)) ] || failed=1
done <"$NUMBERS"

if [ "${1:-}" = --update ]; then
    printf '%s\n' "${lines[@]}" >"$NUMBERS"
elif [ "$failed" = 1 ]; then
    echo "more than $MOST % above $NUMBERS: find out with callgrind_annotate what takes them, or write the numbers anew with --update and say why" >&2
    exit 1
fi
