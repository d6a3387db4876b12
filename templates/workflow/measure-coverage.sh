#!/usr/bin/env bash
# The compiler counts and its own tools report. What only tests run, and what others wrote, is not counted.
rustup component add llvm-tools
tools=$(rustc --print target-libdir)/../bin
counts=$RUNNER_TEMP/coverage
export CARGO_TARGET_DIR=$counts LLVM_PROFILE_FILE=$counts/counts/%p-%m.profraw RUSTFLAGS='-C instrument-coverage'
cargo test --locked --package "$PACKAGE"
mapfile -t programs < <(cargo test --locked --package "$PACKAGE" --no-run --message-format json |
  jq --raw-output 'select(.executable != null) | "--object", .executable')
"$tools/llvm-profdata" merge --sparse "$counts"/counts/*.profraw --output "$counts/all.profdata"
"$tools/llvm-cov" export --summary-only --instr-profile "$counts/all.profdata" \
  --ignore-filename-regex '/(\.cargo|rustc|registry|tests|bench|benches|examples)/' "${programs[@]}" |
  jq --raw-output --arg here "$PWD/" --arg package "$PACKAGE" '.data[0] as $all |
    def row(name; lines): "| \(name) | \(lines.count) | \(lines.covered) | \(lines.percent * 10 | round / 10) % |";
    "### Lines of \($package) that its tests run: \($all.totals.lines.percent * 10 | round / 10) %", "",
    "| File | Lines | Run | |", "| :--- | ---: | ---: | ---: |",
    ($all.files[] | row("`\(.filename | ltrimstr($here))`"; .summary.lines)),
    row("all"; $all.totals.lines)' > "$counts/report.md"
tee --append "$GITHUB_STEP_SUMMARY" < "$counts/report.md"
