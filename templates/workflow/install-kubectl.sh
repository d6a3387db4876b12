#!/usr/bin/env bash
# One version, of which the publisher's own sum is compared.
file=https://dl.k8s.io/release/$VERSION/bin/linux/amd64/kubectl
curl --fail --silent --show-error --location --retry 5 --output "$RUNNER_TEMP/kubectl" "$file"
sum=$(curl --fail --silent --show-error --location --retry 5 "$file.sha256")
sha256sum --check --quiet <<< "$sum  $RUNNER_TEMP/kubectl"
mkdir -p "$RUNNER_TEMP/bin"
install --mode 755 "$RUNNER_TEMP/kubectl" "$RUNNER_TEMP/bin/kubectl"
echo "$RUNNER_TEMP/bin" >> "$GITHUB_PATH"
"$RUNNER_TEMP/bin/kubectl" version --client
