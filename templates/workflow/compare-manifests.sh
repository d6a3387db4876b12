#!/usr/bin/env bash
# What a manifest says must be so; what it leaves open, the cluster may choose. Reading is enough for that.
differences=()
for file in $FILES; do
  path=$RUNNER_TEMP/manifests/$file
  [[ -f $path ]] || continue
  wanted=$(kubectl create --dry-run=client --validate=false --output json --filename "$path" | jq 'if .kind == "List" then .items[] else . end')
  there=$(kubectl get --ignore-not-found --output json --filename "$path")
  mapfile -t found < <(jq --null-input --raw-output --argjson there "${there:-null}" '
    def told: tojson | if length > 80 then .[:77] + "..." else . end;
    def differs($want; $is; $path):
      if ($want | type) == "object" and ($is | type) == "object" then
        $want | keys[] as $key | differs($want[$key]; $is[$key]; "\($path).\($key)")
      elif ($want | type) == "array" and ($is | type) == "array" and ($want | length) == ($is | length) then
        range($want | length) as $at | differs($want[$at]; $is[$at]; "\($path)[\($at)]")
      elif $want == $is or $want == {} and $is == null then empty
      else "`\($path[1:])` should be `\($want | told)` and is `\($is | told)`" end;
    ($there | if . == null then [] elif .kind == "List" then .items else [.] end) as $there
    | inputs as $want
    | "\($want.kind) \($want.metadata.name)" as $name
    | ($there | map(select(.kind == $want.kind and .metadata.name == $want.metadata.name)) | .[0]) as $is
    | if $is == null then "\($name) is not there" else differs($want; $is; "") | "\($name): \(.)" end' <<< "$wanted")
  differences+=("${found[@]}")
done
{
  echo "### Objects of $NAME in $NAMESPACE"
  echo
  if [[ ${#differences[@]} -eq 0 ]]; then
    echo 'They are what the manifests say.'
  else
    printf -- '- %s\n' "${differences[@]}"
  fi
} | tee --append "$GITHUB_STEP_SUMMARY"
if [[ ${#differences[@]} -gt 0 && $FAILS == yes ]]; then
  echo "::error::${#differences[@]} things in $NAMESPACE are not what the manifests say: apply them again to set it right"
  exit 1
fi
