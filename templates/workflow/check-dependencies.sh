#!/usr/bin/env bash
# Known vulnerabilities, withdrawn versions, licences and sources, as the repository's own settings judge them. Cargo
# compares what it builds with the sums in the registry's index and in the program's own lock file.
cargo install cargo-deny --version "=$VERSION" --locked --root "$RUNNER_TEMP/cargo-deny"
"$RUNNER_TEMP/cargo-deny/bin/cargo-deny" --locked --workspace check
