#!/usr/bin/env bash
# Feeds bytes of all kinds to reading, validating, building of kustomizations and comparing, each for SECONDS_EACH seconds (default 40), beginning
# with synth/fuzz/seeds. Ends with an error on a crash, on an input that takes more than ten seconds and on one that
# takes more than 2 GB; the input is then in .checkers/fuzz, and belongs into the seeds once it is mended, where the
# tests find it too. The instrumentation is LLVM's own, so stable Rust is enough; with a nightly one,
# `cargo fuzz run read` does the same.
set -euo pipefail
cd "$(dirname "$0")/.."
FUZZ=$PWD/.checkers/fuzz
SECONDS_EACH=${SECONDS_EACH:-40}
rm -rf "$FUZZ/found"
mkdir -p "$FUZZ/found"

target=$(rustc -vV | sed -n 's/^host: //p')
flags=(--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table
    -Cllvm-args=-sanitizer-coverage-trace-compares)
# The versions of the workspace, whatever they are by now.
cp Cargo.lock synth/fuzz/Cargo.lock
RUSTFLAGS="${flags[*]}" cargo build --quiet --release --target "$target" \
    --manifest-path synth/fuzz/Cargo.toml --target-dir "$FUZZ/target"

# Flags of libFuzzer: its answers go to a file, since it says something about each thing it learns.
run() {
    mkdir -p "$FUZZ/corpus/$1"
    "$FUZZ/target/$target/release/$1" "$FUZZ/corpus/$1" "synth/fuzz/seeds/$1" -dict=synth/fuzz/template.dict \
        -max_total_time="$SECONDS_EACH" -timeout=10 -rss_limit_mb=2048 -max_len=8192 -print_final_stats=1 \
        -artifact_prefix="$FUZZ/found/$1-" >"$FUZZ/$1.log" 2>&1
}
failed=0
for name in read validate manifests diff; do
    if run "$name"; then
        echo "$name: $(sed -n 's/^stat::number_of_executed_units: //p' "$FUZZ/$name.log") inputs, none of them too much"
    else
        failed=1
        echo "$name: stopped by an input:"
        tail -n 40 "$FUZZ/$name.log"
        for input in "$FUZZ/found/$name"-*; do echo "$input"; base64 "$input" | head -n 40; done
    fi
done
exit "$failed"
