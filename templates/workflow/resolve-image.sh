#!/usr/bin/env bash
if ! [[ $TAG =~ ^[A-Za-z0-9._-]{1,128}$ ]]; then
  echo "::error::the tag is not 1 to 128 letters, digits, dots, underscores and hyphens: give one of the registry"
  exit 1
fi
digest=$(aws ecr describe-images --region "$REGION" --registry-id "$REGISTRY" --repository-name "$REPOSITORY" \
  --image-ids "imageTag=$TAG" --query 'imageDetails[0].imageDigest' --output text) || true
if [[ $digest != sha256:* ]]; then
  echo "::error::$REPOSITORY has no image with the tag $TAG: give one of the registry"
  exit 1
fi
echo "$TAG is $digest"
echo "digest=$digest" >> "$GITHUB_OUTPUT"
