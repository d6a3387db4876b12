#!/usr/bin/env bash
rustup toolchain install "$TOOLCHAIN" --profile minimal --component rustfmt,clippy --no-self-update
rustup default "$TOOLCHAIN"
