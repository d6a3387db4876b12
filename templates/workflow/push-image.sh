#!/usr/bin/env bash
# Each platform goes by its digest, then one index over all gets the tag: a push that is cut off leaves no tag.
images=()
for platform in $PLATFORMS; do
  layout=images/image-$platform
  digest=$(jq --raw-output '.manifests[0].digest' "$layout/index.json")
  skopeo copy --preserve-digests "oci:$layout" "docker://$IMAGE@$digest"
  images+=("$IMAGE@$digest")
done
docker buildx imagetools create --tag "$IMAGE:$TAG" "${images[@]}"
