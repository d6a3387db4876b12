#!/usr/bin/env bash
# What a person gave goes on only if it has the form of a commit or of a digest.
if [[ -z $ROLLBACK_TO ]]; then
  digest=${BUILT:-$FOUND} commit=$GITHUB_SHA
elif [[ $ROLLBACK_TO =~ ^sha256:[0-9a-f]{64}$ ]]; then
  digest=$ROLLBACK_TO commit=
elif [[ $ROLLBACK_TO =~ ^[0-9a-f]{40}$ ]]; then
  index=$RUNNER_TEMP/index.json commit=$ROLLBACK_TO
  if ! skopeo inspect --raw "docker://$IMAGE:$commit" > "$index"; then
    echo "::error::$IMAGE has no image of the commit $commit: give one that was deployed, or the digest that ran"
    exit 1
  fi
  digest=sha256:$(sha256sum < "$index" | cut --delimiter ' ' --fields 1)
else
  echo '::error::rollback_to is neither a commit nor a digest: give all 40 digits of a SHA, or sha256: and 64 digits'
  exit 1
fi
if ! [[ $digest =~ ^sha256:[0-9a-f]{64}$ ]]; then
  echo '::error::no job before this one says which image it is'
  exit 1
fi
echo "it is $digest, ${commit:+of the commit }${commit:-whose commit its attestation tells}"
printf '%s\n' "digest=$digest" "commit=$commit" >> "$GITHUB_OUTPUT"
