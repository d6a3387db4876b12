#!/usr/bin/env bash
# All objects of the overlay with the image that they get, without those that only a person may apply.
text=$(kubectl kustomize "$FOLDER/$NAMESPACE")
digest="\${image.digest}" tag="\${image.tag}" open="\${" placeholder="\\\${[^}]*}"
text=${text//"$digest"/"$DIGEST"}
# Kustomize takes the quotes away, and a commit may look like a number.
text=${text//": $tag"/": \"$COMMIT\""}
text=${text//"$tag"/"$COMMIT"}
if [[ $text == *"$open"* ]]; then
  echo "::error::$FOLDER/$NAMESPACE has a placeholder that nothing fills: $(grep --only-matching --max-count 1 "$placeholder" <<< "$text")"
  exit 1
fi
if [[ $text != *"@$DIGEST"* ]]; then
  echo "::error::nothing in $FOLDER/$NAMESPACE runs the image"
  exit 1
fi
awk -v names="$BY_HAND" '
  function tell() { if (kind != "" && !(kind in left)) { printf "%s%s", between, object; between = "---\n" } object = kind = "" }
  BEGIN { count = split(names, all, " "); for (one = 1; one <= count; one++) left[all[one]] }
  /^---$/ { tell(); next }
  /^kind: / { kind = $2 }
  { object = object $0 "\n" }
  END { tell() }' <<< "$text" > "$RUNNER_TEMP/manifests.yaml"
grep '^kind: ' "$RUNNER_TEMP/manifests.yaml"
