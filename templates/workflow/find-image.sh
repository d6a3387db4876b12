#!/usr/bin/env bash
digest=$(aws ecr describe-images --region "$REGION" --registry-id "$REGISTRY" --repository-name "$REPOSITORY" \
  --image-ids "imageTag=$TAG" --query 'imageDetails[0].imageDigest' --output text 2> error.txt) ||
  grep ImageNotFoundException error.txt || { cat error.txt; exit 1; }
if [[ $digest == sha256:* ]]; then
  echo "$TAG is published as $digest: it is not pushed again"
  echo "digest=$digest" >> "$GITHUB_OUTPUT"
fi
