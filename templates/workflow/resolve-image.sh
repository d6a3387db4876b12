#!/usr/bin/env bash
# As the registry names it, or as `docker images` does: `cars-api:abc1234`.
name=${TAG%:*}
tag=${TAG##*:}
if [[ $TAG == *:* && ${name##*/} != "$REPOSITORY" ]] || ! [[ $tag =~ ^[A-Za-z0-9._-]{1,128}$ ]]; then
  echo "::error::the tag is not one of $REPOSITORY: give 4 to 40 digits of a commit's SHA, or $REPOSITORY:SHA"
  exit 1
fi
images() {
  aws ecr describe-images --region "$REGION" --registry-id "$REGISTRY" --repository-name "$REPOSITORY" --output text "$@"
}
digest() { images --image-ids "imageTag=$tag" --query 'imageDetails[0].imageDigest'; }
if ! digest=$(digest 2> error.txt); then
  grep --quiet ImageNotFoundException error.txt || { cat error.txt; exit 1; }
  # The first digits of a commit stand for it, as they do for git.
  whole=()
  if [[ $tag =~ ^[0-9a-f]{4,39}$ ]]; then
    mapfile -t whole < <(images --filter tagStatus=TAGGED --query 'imageDetails[].imageTags[]' | tr '[:space:]' '\n' |
      grep --extended-regexp "^${tag}[0-9a-f]{$((40 - ${#tag}))}$")
  fi
  case ${#whole[@]} in
  0)
    echo "::error::$REPOSITORY has no image with the tag $tag: give one of the registry"
    exit 1
    ;;
  1) tag=${whole[0]} ;;
  *)
    echo "::error::$tag may be each of ${whole[*]}: give more digits"
    exit 1
    ;;
  esac
  digest=$(digest)
fi
echo "$tag is $digest"
# ECS may name the index that is released or the one platform of it that a task runs.
digests=$(aws ecr batch-get-image --region "$REGION" --registry-id "$REGISTRY" --repository-name "$REPOSITORY" \
  --image-ids "imageDigest=$digest" --query 'images[0].imageManifest' --output text |
  jq --compact-output --arg digest "$digest" '[$digest, (.manifests // [])[].digest]')
printf '%s\n' "digest=$digest" "digests=$digests" "tag=$tag" >> "$GITHUB_OUTPUT"
