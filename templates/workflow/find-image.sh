#!/usr/bin/env bash
if digest=$(aws ecr describe-images --region "$REGION" --registry-id "$REGISTRY" --repository-name "$REPOSITORY" \
  --image-ids "imageTag=$TAG" --query 'imageDetails[0].imageDigest' --output text 2> error.txt); then
  echo "$TAG is published as $digest: it is not pushed again"
  echo "digest=$digest" >> "$GITHUB_OUTPUT"
else
  grep ImageNotFoundException error.txt || { cat error.txt; exit 1; }
fi
