#!/usr/bin/env bash
# A merge into the next branch often has the very files that were built before: then that image goes on, as it was tried.
# Whether it is what its tag says is looked at before it is deployed.
tree=$(gh api "repos/$GITHUB_REPOSITORY/git/commits/$GITHUB_SHA" --jq .tree.sha)
index=$RUNNER_TEMP/index.json
if ! skopeo inspect --raw "docker://$IMAGE:tree-$tree" > "$index" 2> "$RUNNER_TEMP/error.txt"; then
  if ! grep --quiet 'manifest unknown' "$RUNNER_TEMP/error.txt"; then
    cat "$RUNNER_TEMP/error.txt"
    echo "::error::Docker Hub does not tell whether $IMAGE has an image of these files: see that the repository is there, and that the token may read it and write to it"
    exit 1
  fi
  echo "No image of these files (\`$tree\`) is there: it is built." | tee --append "$GITHUB_STEP_SUMMARY"
  exit 0
fi
digest=sha256:$(sha256sum < "$index" | cut --delimiter ' ' --fields 1)
for platform in $PLATFORMS; do
  skopeo copy --override-os linux --override-arch "$platform" "docker://$IMAGE@$digest" "oci:images/image-$platform"
done
echo "digest=$digest" >> "$GITHUB_OUTPUT"
echo "These files (\`$tree\`) were built before: \`$digest\` goes on, and nothing is built." | tee --append "$GITHUB_STEP_SUMMARY"
