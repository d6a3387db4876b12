#!/usr/bin/env bash
url=$(aws cloudformation describe-stacks --stack-name "$STACK" \
  --query "Stacks[0].Outputs[?OutputKey=='$OUTPUT'].OutputValue | [0]" --output text)
read -ra asked <<< "$PATHS"
for path in "${asked[@]}"; do
  echo "$url$path"
  curl --fail --silent --show-error --max-time 10 --retry 10 --retry-all-errors --retry-delay 5 "$url$path"
  echo
done
