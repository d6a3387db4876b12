#!/usr/bin/env bash
# Puts synth into the path of the steps that follow: from URL, if its sum is SHA256, or else built from the sources that
# this script came with.
set -euo pipefail

folder="$RUNNER_TEMP/synth-bin"
mkdir -p "$folder"
if [ -n "$URL" ]; then
  if [ -z "$SHA256" ]; then
    echo "::error::\`url\` needs \`sha256\`, the sum of what it leads to" >&2
    exit 2
  fi
  curl --fail --silent --show-error --location --retry 3 --output "$folder/synth" "$URL"
  if ! echo "$SHA256  $folder/synth" | sha256sum --check --status; then
    saw=$(sha256sum "$folder/synth" | cut -d ' ' -f 1)
    rm "$folder/synth"
    echo "::error::what is at $URL has the sum $saw, not $SHA256; nothing of it was run" >&2
    exit 1
  fi
  chmod +x "$folder/synth"
else
  sources=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
  cargo install --locked --quiet --path "$sources/synth" --root "$RUNNER_TEMP/synth"
  folder="$RUNNER_TEMP/synth/bin"
fi
echo "$folder" >> "$GITHUB_PATH"
