#!/usr/bin/env bash
# The tag could have been moved since: what it leads to must be the index over what was pushed here, and nothing else.
pushed=$(for platform in $PLATFORMS; do
  jq --raw-output '.manifests[0].digest' "images/image-$platform/index.json"
done | sort)
index=$RUNNER_TEMP/index.json
skopeo inspect --raw "docker://$IMAGE:$TAG" > "$index"
if [[ $(jq --raw-output '.manifests[].digest' "$index" | sort) != "$pushed" ]]; then
  echo "::error::$IMAGE:$TAG is not what was just pushed: see who else has a token for Docker Hub, and run this again"
  exit 1
fi
echo "digest=sha256:$(sha256sum < "$index" | cut --delimiter ' ' --fields 1)" >> "$GITHUB_OUTPUT"
