#!/usr/bin/env bash
# What is only known now goes into the manifests: the image, and what the stacks have made.
if [[ -z $DIGEST ]]; then
  # The image stays the one that runs.
  running=$(kubectl get deployment "$NAME" --namespace "$NAMESPACE" --ignore-not-found --output json)
  if [[ -n $running ]]; then
    DIGEST=$(jq --raw-output --arg name "$NAME" \
      '.spec.template.spec.containers[] | select(.name == $name).image | sub(".*@"; "")' <<< "$running")
    TAG=$(jq --raw-output '.metadata.labels["app.kubernetes.io/version"]' <<< "$running")
  fi
fi
[[ -z $DIGEST ]] || echo "$NAME gets the image $TAG, which is $DIGEST"
declare -A known
while read -r placeholder stack output; do
  [[ -n $placeholder ]] || continue
  value=$(aws cloudformation describe-stacks --stack-name "$stack" --output text \
    --query "Stacks[0].Outputs[?OutputKey=='$output'].OutputValue | [0]")
  if [[ -z $value || $value == None ]]; then
    echo "::error::the stack $stack has no output $output: deploy the stacks first"
    exit 1
  fi
  known[$placeholder]=$value
done <<< "${OUTPUTS%$'\n'}"
image_digest="\${image.digest}" image_tag="\${image.tag}" open="\${" placeholder_pattern="\\\${[^}]*}"
if [[ -n $DIGEST ]]; then
  known[$image_digest]=$DIGEST
  known[$image_tag]=$TAG
fi
mkdir -p "$RUNNER_TEMP/manifests"
for file in "$FOLDER"/*.yaml; do
  text=$(< "$file")
  for placeholder in "${!known[@]}"; do
    text=${text//"$placeholder"/"${known[$placeholder]}"}
  done
  if [[ $text == *"$image_digest"* ]]; then
    echo "${file##*/} waits for the first image"
    continue
  fi
  if [[ $text == *"$open"* ]]; then
    echo "::error::${file##*/} has a placeholder that nothing fills: $(grep --only-matching --max-count 1 "$placeholder_pattern" <<< "$text")"
    exit 1
  fi
  printf '%s\n' "$text" > "$RUNNER_TEMP/manifests/${file##*/}"
done
