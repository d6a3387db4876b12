#!/usr/bin/env bash
# The registry keeps images with such a tag longest, so that no number of later releases deletes what runs here.
image=$(aws ecr batch-get-image --region "$REGION" --registry-id "$REGISTRY" --repository-name "$REPOSITORY" \
  --image-ids "imageDigest=$DIGEST" --query 'images[0].{manifest: imageManifest, type: imageManifestMediaType}' --output json)
if ! aws ecr put-image --region "$REGION" --registry-id "$REGISTRY" --repository-name "$REPOSITORY" \
  --image-tag "deployed-$ENVIRONMENT-$TAG" --image-digest "$DIGEST" \
  --image-manifest "$(jq --raw-output .manifest <<< "$image")" \
  --image-manifest-media-type "$(jq --raw-output .type <<< "$image")" > /dev/null 2> error.txt; then
  # A tag that is there already is what a second release of the same commit finds.
  grep -E 'ImageAlreadyExistsException|ImageTagAlreadyExistsException' error.txt || { cat error.txt; exit 1; }
fi
