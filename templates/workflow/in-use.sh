# shellcheck shell=bash disable=SC2154
# CloudFormation deletes no export that a deployed stack imports. While one does, the template is deployed with that
# export and with the resources that it no longer has; once the stacks after it have let go, as it is written.

# The exports that a stack has, that its template has no more, and that others import.
in_use() {
  local name names
  names=$(cloudformation describe-stacks --stack-name "$1" --output text \
    --query 'Stacks[0].Outputs[?ExportName].[ExportName]') || return
  for name in $names; do
    if [[ $name == None ]] || grep -qF "\"$name\"" "$2"; then
      continue
    elif cloudformation list-imports --export-name "$name" --output text >"$scratch/importers" 2>"$scratch/error"; then
      echo "$name"
    elif ! grep -q 'not imported by any stack' "$scratch/error"; then
      cat "$scratch/error" >&2
      return 1
    fi
  done
}

# The template of a stack with what is in use, as it is deployed.
with_what_is_in_use() {
  cloudformation get-template --stack-name "$1" --query TemplateBody --output json >"$scratch/deployed.json"
  jq --compact-output --null-input --slurpfile old "$scratch/deployed.json" --slurpfile new "$2" --arg used "$3" '
    $old[0] as $old | reduce ("Parameters", "Mappings", "Conditions", "Resources") as $section ($new[0];
      .[$section] = ($old[$section] // {}) + (.[$section] // {}) | if .[$section] == {} then del(.[$section]) else . end)
    | .Outputs = ($old.Outputs | with_entries(select(.value.Export.Name | IN($used | splits("\n"))))) + (.Outputs // {})
  '
}
