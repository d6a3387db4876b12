#!/usr/bin/env bash
# A person installs them, with the rights to do everything in the cluster. Here is only looked whether that was done.
others=()
while read -r namespace name image; do
  [[ -n $namespace ]] || continue
  # istiod puts the image of a gateway into its pods, and takes that of an annotation.
  images=$(kubectl get "$name" --namespace "$namespace" --ignore-not-found \
    --output 'jsonpath={.spec.template.spec.containers[*].image} {.spec.template.metadata.annotations.sidecar\.istio\.io/proxyImage}')
  # Where the digest is not known here, whoever installed it knew it: a tag alone is not enough.
  [[ " $images " == *" $image "* || " $images " =~ " $image"(:[^ @]+)?@sha256: ]] || others+=("\`$name\` in \`$namespace\` should run \`$image\` and ${images:+runs \`}${images:-is not there}${images:+\`}")
done <<< "${OPERATORS%$'\n'}"
{
  echo '### Operators'
  echo
  if [[ ${#others[@]} -eq 0 ]]; then
    echo 'They are what the lock says.'
  else
    printf -- '- %s\n' "${others[@]}"
  fi
} | tee --append "$GITHUB_STEP_SUMMARY"
if [[ ${#others[@]} -gt 0 && $FAILS == yes ]]; then
  echo "::error::${#others[@]} operators are not what the lock says: deploy.sh setup installs them"
  exit 1
fi
